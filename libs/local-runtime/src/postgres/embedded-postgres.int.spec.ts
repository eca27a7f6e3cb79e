import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { LocalRuntimeError } from '../local-runtime-error';
import { commandLineOf, isRunning } from '../process-identity';
import { sleep, until } from '../sleep';
import { startServerProcess } from '../testing/server-script';
import { findBinaries } from './binaries';
import { startEmbeddedPostgres } from './embedded-postgres';

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const asRoot = process.getuid?.() === 0;
const ordinaryUser = 65534;

describe('the embedded PostgreSQL', () => {
  let root: string;
  let dir: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'tributary postgres '));
    chmodSync(root, 0o755);
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    dir = join(root, `data ${String(Math.random()).slice(2)}`, 'postgres');
  });

  it('starts on a new folder whose path has blanks, keeps what is written, and stops', async () => {
    const first = await startEmbeddedPostgres({ dataDir: dir });
    expect(first.firstStart).toBe(true);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await isRunning(first.pid)).toBe(false);
    const second = await startEmbeddedPostgres({ dataDir: dir });
    try {
      expect(second.firstStart).toBe(false);
      expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    } finally {
      await second.stop();
    }
  });

  it('is UTF-8, in UTC, durable, without a socket, with statistics of statements, and asks for the password', async () => {
    const server = await startEmbeddedPostgres({ dataDir: dir });
    try {
      const names = ['server_encoding', 'TimeZone', 'fsync', 'synchronous_commit', 'unix_socket_directories', 'listen_addresses', 'max_connections'];
      const settings = await ask(server.url, `select ${names.map((name) => `current_setting('${name}') as "${name}"`).join(', ')}`);
      expect(settings[0]).toEqual({
        server_encoding: 'UTF8',
        TimeZone: 'UTC',
        fsync: 'on',
        synchronous_commit: 'on',
        unix_socket_directories: '',
        listen_addresses: '127.0.0.1',
        max_connections: '100',
      });
      expect((await ask(server.url, 'select count(*)::int as n from pg_stat_statements'))[0]!['n']).toBeGreaterThan(0);
      expect(await ask(server.url, "select lower('ÄÖ任') as text")).toEqual([{ text: 'äö任' }]);
      await expect(ask(server.url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
      expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600);
    } finally {
      await server.stop();
    }
  });

  it('refuses a second start on the same folder, and the first is unharmed', async () => {
    const first = await startEmbeddedPostgres({ dataDir: dir });
    try {
      await expect(startEmbeddedPostgres({ dataDir: dir })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
      const other = startServerProcess(dir);
      expect(await other.report).toMatchObject({ code: 'DATA_FOLDER_IN_USE', message: `Tributary already runs on ${dir}` });
      expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await first.stop();
    }
  });

  it('lets exactly one of two simultaneous first starts win', async () => {
    const other = startServerProcess(dir);
    const [here, there] = await Promise.allSettled([startEmbeddedPostgres({ dataDir: dir }), other.report]);
    const hereWon = here.status === 'fulfilled';
    expect(there.status).toBe('fulfilled');
    const thereWon = there.status === 'fulfilled' && there.value.code === undefined;
    expect([hereWon, thereWon].filter(Boolean)).toHaveLength(1);
    if (here.status === 'fulfilled') {
      expect(await ask(here.value.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await here.value.stop();
    } else {
      expect(here.reason).toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
      other.process.kill('SIGTERM');
      expect(await other.exited).toBe(0);
    }
  });

  it('leaves no server behind when its process is killed, and loses nothing that was committed', async () => {
    const first = startServerProcess(dir);
    const report = await first.report;
    await ask(report.url, 'create table kept as select 1 as one');
    first.process.kill('SIGKILL');
    expect(await until(async () => !(await isRunning(report.pid)), 3_000)).toBe(true);
    const second = await startEmbeddedPostgres({ dataDir: dir });
    expect(await ask(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('starts at once after a kill, while the old server is still being stopped', async () => {
    const first = startServerProcess(dir);
    await first.report;
    first.process.kill('SIGKILL');
    const second = await startEmbeddedPostgres({ dataDir: dir });
    await sleep(1_000); // longer than the old watchdog needs
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('waits for a server that has not noticed the death of its owner yet', async () => {
    const first = startServerProcess(dir);
    const report = await first.report;
    await sleep(2_100); // older than a server that is only starting
    const [holder] = await ask(report.url, "select pid from pg_locks where locktype = 'advisory' and granted");
    const backend = Number(holder?.['pid']);
    killWatchdogOf(report.dataDir);
    process.kill(backend, 'SIGSTOP');
    first.process.kill('SIGKILL');
    await first.exited;
    const noticing = sleep(700).then(() => process.kill(backend, 'SIGCONT'));
    const second = await startEmbeddedPostgres({ dataDir: dir });
    await noticing;
    expect(await isRunning(report.pid)).toBe(false);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('stops a server whose owner and watchdog were both killed, and starts anew', async () => {
    const first = startServerProcess(dir);
    const report = await first.report;
    await sleep(2_100); // older than a server that is only starting
    killWatchdogOf(report.dataDir);
    first.process.kill('SIGKILL');
    await first.exited;
    await sleep(300);
    expect(await isRunning(report.pid)).toBe(true);
    const lines: string[] = [];
    const second = await startEmbeddedPostgres({ dataDir: dir, log: (line) => lines.push(line) });
    expect(lines.join('\n')).toContain(`stopping a PostgreSQL server (pid ${String(report.pid)})`);
    expect(await isRunning(report.pid)).toBe(false);
    await second.stop();
  });

  it('recovers when owner, watchdog and server were all killed', async () => {
    const first = startServerProcess(dir);
    const report = await first.report;
    await ask(report.url, 'create table kept as select 7 as seven');
    killWatchdogOf(report.dataDir);
    first.process.kill('SIGKILL');
    process.kill(report.pid, 'SIGKILL');
    const second = await startEmbeddedPostgres({ dataDir: dir });
    expect(await ask(second.url, 'select seven from kept')).toEqual([{ seven: 7 }]);
    await second.stop();
  });

  it('is not held up by a stranger who got the recorded pid, and does not harm him', async () => {
    const first = await startEmbeddedPostgres({ dataDir: dir });
    const pidFile = readFileSync(join(dir, 'cluster', 'postmaster.pid'), 'utf8');
    const owner = statSync(join(dir, 'cluster'));
    await first.stop();
    const account = asRoot ? { uid: owner.uid, gid: owner.gid } : {};
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...account });
    try {
      writeFileSync(join(dir, 'cluster', 'postmaster.pid'), pidFile.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 });
      if (asRoot) chownSync(join(dir, 'cluster', 'postmaster.pid'), owner.uid, owner.gid);
      const second = await startEmbeddedPostgres({ dataDir: dir });
      expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await second.stop();
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  it('is not held up by a dead server that nobody collects', async () => {
    const first = await startEmbeddedPostgres({ dataDir: dir });
    const pidFile = readFileSync(join(dir, 'cluster', 'postmaster.pid'), 'utf8');
    const owner = statSync(join(dir, 'cluster'));
    await first.stop();
    const careless = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const zombie = await new Promise<string>((resolve) =>
        careless.stdout.once('data', (chunk: Buffer) => {
          resolve(chunk.toString().trim());
        }),
      );
      writeFileSync(join(dir, 'cluster', 'postmaster.pid'), pidFile.replace(/^\d+/, zombie), { mode: 0o600 });
      if (asRoot) chownSync(join(dir, 'cluster', 'postmaster.pid'), owner.uid, owner.gid);
      const second = await startEmbeddedPostgres({ dataDir: dir });
      expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await second.stop();
    } finally {
      careless.kill();
    }
  });

  it('begins again after a kill in the middle of initdb', async () => {
    const first = startServerProcess(dir);
    expect(await until(() => existsSync(dir) && readdirSync(dir).some((name) => name.startsWith('initialising-')), 10_000)).toBe(true);
    await sleep(100);
    first.process.kill('SIGKILL');
    await first.exited;
    expect(existsSync(join(dir, 'cluster'))).toBe(false);
    const second = await startEmbeddedPostgres({ dataDir: dir });
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(existsSync(join(dir, 'cluster', 'PG_VERSION'))).toBe(true);
  });

  it('stops within a second on SIGTERM to its process', async () => {
    const first = startServerProcess(dir);
    const report = await first.report;
    first.process.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(await isRunning(report.pid)).toBe(false);
  });

  it('keeps its lock when the connection that holds it is cut', async () => {
    const server = await startEmbeddedPostgres({ dataDir: dir });
    try {
      const cut = await ask(
        server.url,
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tributary-owner' and datname = 'postgres'",
      );
      expect(cut).toHaveLength(1);
      await sleep(500);
      await expect(startEmbeddedPostgres({ dataDir: dir })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    } finally {
      await server.stop();
    }
  });

  it('says so when the server goes away by itself', async () => {
    let why = '';
    const server = await startEmbeddedPostgres({
      dataDir: dir,
      onLost: (reason) => {
        why = reason;
      },
    });
    process.kill(server.pid, 'SIGKILL');
    expect(await until(() => why !== '', 5_000)).toBe(true);
    expect(why).toContain('gone');
    await server.stop();
  });

  it('leaves a folder alone that holds something else', async () => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'thesis.txt'), 'ten years of work');
    await expect(startEmbeddedPostgres({ dataDir: dir })).rejects.toMatchObject({ code: 'NOT_OUR_FOLDER' });
    expect(readdirSync(dir)).toEqual(['thesis.txt']);
    await expect(startEmbeddedPostgres({ dataDir: join(dir, 'thesis.txt') })).rejects.toMatchObject({ code: 'NOT_OUR_FOLDER' });
  });

  const readOnlyPlace = mountReadOnly();
  const forMounter = readOnlyPlace === undefined ? it.skip : it;
  if (readOnlyPlace === undefined) process.stderr.write('skipped: PostgreSQL on a read-only file system: this process may mount nothing\n');
  afterAll(() => {
    if (readOnlyPlace !== undefined) spawnSync('umount', [readOnlyPlace]);
  });

  const forRoot = asRoot ? it : it.skip;
  if (!asRoot) process.stderr.write('skipped: PostgreSQL started by root, for another account: this is an ordinary user\n');

  forRoot('runs for an ordinary user just the same', async () => {
    mkdirSync(join(dir, '..'), { recursive: true });
    chownSync(join(dir, '..'), ordinaryUser, ordinaryUser);
    const first = startServerProcess(dir, ordinaryUser);
    const report = await first.report;
    expect(report.code).toBeUndefined();
    expect(statSync(join(dir, 'cluster')).uid).toBe(ordinaryUser);
    expect(await ask(report.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    first.process.kill('SIGKILL');
    expect(await until(async () => !(await isRunning(report.pid)), 3_000)).toBe(true);
  });

  forRoot('tells an ordinary user that the folder is read-only', async () => {
    mkdirSync(dir, { recursive: true });
    chmodSync(dir, 0o555);
    const refused = await startServerProcess(dir, ordinaryUser).report;
    expect(refused).toMatchObject({ code: 'READ_ONLY_FOLDER' });
    expect(readdirSync(dir)).toEqual([]);
  });

  forMounter('says the same of a file system that is read-only', async () => {
    await expect(startEmbeddedPostgres({ dataDir: join(readOnlyPlace ?? '', 'data') })).rejects.toMatchObject({ code: 'READ_ONLY_FOLDER' });
  });

  forRoot('keeps the data in /var/tmp when they were wanted below a folder that only root may enter', async () => {
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const lines: string[] = [];
    const server = await startEmbeddedPostgres({ dataDir: join(closed, 'postgres'), log: (line) => lines.push(line) });
    try {
      expect(server.dataDir).toMatch(/^\/var\/tmp\/tributary-data-/);
      expect(lines.join('\n')).toContain(server.dataDir);
      expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
      rmSync(server.dataDir, { recursive: true, force: true });
    }
  });

  forRoot('brings its programs along when they lie below a folder that only root may enter', async () => {
    const closed = join(root, 'closed checkout');
    mkdirSync(closed, { mode: 0o700 });
    const { binDir } = await findBinaries(undefined);
    cpSync(join(binDir, '..'), join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
    // As after an installation whose scripts were not allowed to run.
    rmSync(join(closed, 'native', 'lib', 'libpq.so.5'));
    const server = await startEmbeddedPostgres({ dataDir: dir, binDir: join(closed, 'native', 'bin') });
    const program = (await commandLineOf(server.pid))?.split(' ')[0] ?? '';
    try {
      expect(program).toMatch(/^\/var\/tmp\/tributary-postgres-\w+\/native\/bin\/postgres$/);
      expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
      rmSync(join(program, '../../..'), { recursive: true, force: true });
    }
  });

  it('says what is missing where there are no programs', async () => {
    await expect(startEmbeddedPostgres({ dataDir: dir, binDir: join(root, 'nowhere') })).rejects.toMatchObject({ code: 'NO_BINARIES' });
  });

  it('explains in both languages', async () => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'x'), '');
    const error: unknown = await startEmbeddedPostgres({ dataDir: dir }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LocalRuntimeError);
    expect((error as LocalRuntimeError).hint.zh).toMatch(/[一-龥]/);
  });
});

/** Finds the one shell that watches this folder. */
function killWatchdogOf(dataDir: string): void {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes('tributary-watchdog') && words.includes(join(dataDir, 'cluster'));
      } catch {
        return false;
      }
    });
  expect(found).toHaveLength(1);
  process.kill(Number(found[0]), 'SIGKILL');
}

/** An empty file system that nobody can write to; undefined where it cannot be mounted. */
function mountReadOnly(): string | undefined {
  const place = mkdtempSync(join(tmpdir(), 'tributary-read-only-'));
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', place]).status === 0 ? place : undefined;
}
