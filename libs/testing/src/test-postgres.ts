/** A PostgreSQL server for tests, shared by a test file, with as many empty databases as wanted. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, isSameProcess, startEmbeddedPostgres } from '@tributary/local-runtime';
import { Client } from 'pg';
import { serviceSource } from './service-source';

export interface TestDatabase {
  readonly url: string;
  /** Ends whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestPostgres {
  /** Of a database that all share; may create databases, roles and extensions. */
  readonly url: string;
  /** A fresh, empty one. */
  database(): Promise<TestDatabase>;
  /** In `afterAll`, after your own pools are closed. Forgotten, it happens when the test process ends. */
  stop(): Promise<void>;
}

interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

let shared: Promise<TestPostgres> | undefined;

/** The same server for every call in a test file, until it is stopped. */
export function testPostgres(): Promise<TestPostgres> {
  shared ??= start().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

async function start(): Promise<TestPostgres> {
  const server = (await serviceSource()) === 'containers' ? await startInContainer() : await startEmbedded();
  return {
    url: server.url,
    database: () => createDatabase(server.url),
    async stop() {
      shared = undefined;
      await server.stop();
    },
  };
}

const folderPrefix = 'tributary-test-postgres-';

async function startEmbedded(): Promise<RunningServer> {
  await removeLeftovers();
  const me = await identityOf(process.pid);
  const dataDir = await mkdtemp(join(tmpdir(), `${folderPrefix}${String(me.pid)}-${me.startedAt}-`));
  // Tests lose their data anyway: what a power failure would do is nobody's question here.
  const settings = { fsync: false, full_page_writes: false, max_connections: 200 };
  const server = await startEmbeddedPostgres({ dataDir, settings });
  server.unref();
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await Promise.all([dataDir, server.dataDir].map((dir) => rm(dir, { recursive: true, force: true })));
    },
  };
}

async function startInContainer(): Promise<RunningServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer('postgres:18-alpine')
    .withDatabase('tributary')
    .withUsername('tributary')
    .withPassword(randomBytes(12).toString('hex'))
    .withEnvironment({ POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C' })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'timezone=UTC', '-c', 'shared_preload_libraries=pg_stat_statements'])
    .start();
  return {
    url: container.getConnectionUri(),
    async stop() {
      await container.stop();
    },
  };
}

async function createDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runSql(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runSql(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Folders of test processes that were killed, or that forgot to stop. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const maker = new RegExp(`^${folderPrefix}(\\d+)-(\\w*)-\\w+$`).exec(name);
    if (maker === null || (await isSameProcess({ pid: Number(maker[1]), startedAt: maker[2] ?? '' }))) continue;
    // Another test process may be removing it as well, or it belongs to another user: both are fine.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}
