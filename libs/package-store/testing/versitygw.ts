/** Starts a real S3 server (versitygw on a temporary folder) for tests, and stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from '@tributary/testing';
import { type S3PackageStoreConfig } from '../src';

const startMs = 15_000;
const stopMs = 5_000;
const credentials = { accessKeyId: 'tributary-test', secretAccessKey: 'tributary-test-secret' };

export interface Versitygw {
  readonly endpoint: string;
  /** Makes a new, empty bucket and answers how to reach it. */
  bucket(name: string): Promise<S3PackageStoreConfig>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** The program's path, or undefined with the sentence to print where it is not installed. */
export function findVersitygw(): { path: string } | { missing: string } {
  const goPath = process.env['GOPATH'] ?? join(homedir(), 'go');
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...goPath.split(delimiter).map((folder) => join(folder, 'bin'))];
  const path = folders.map((folder) => join(folder, 'versitygw')).find((candidate) => existsSync(candidate));
  return path === undefined ? { missing: 'versitygw is not installed: go install github.com/versity/versitygw/cmd/versitygw@latest' } : { path };
}

export async function startVersitygw(path: string): Promise<Versitygw> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-s3-'));
  const [objects, sidecar] = [join(folder, 'objects'), join(folder, 'metadata')];
  await mkdir(objects);
  await mkdir(sidecar);
  const port = await freePort();
  const env = { ...process.env, ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey };
  const server = spawn(path, ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', sidecar, objects], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const endOnExit = (): void => {
    server.kill('SIGKILL');
  };
  process.once('exit', endOnExit);
  const stop = async (): Promise<void> => {
    await ended(server);
    process.off('exit', endOnExit);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilOpen(port, server, said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint: `http://127.0.0.1:${port}`, bucket: (name) => madeBucket(`http://127.0.0.1:${port}`, name), stop };
}

async function madeBucket(endpoint: string, bucket: string): Promise<S3PackageStoreConfig> {
  const config = { bucket, region: 'us-east-1', endpoint, forcePathStyle: true, credentials };
  const client = new S3Client(config);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return config;
}

async function untilOpen(port: number, server: ChildProcess, said: readonly string[]): Promise<void> {
  const end = Date.now() + startMs;
  while (Date.now() < end) {
    if (server.exitCode !== null) throw new Error(`versitygw ended with ${server.exitCode}: ${said.join('')}`);
    if (await accepts(port)) return;
    await sleep(50);
  }
  throw new Error(`versitygw did not listen within ${startMs} ms: ${said.join('')}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => {
    server.once('exit', () => {
      resolve();
    });
  });
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), stopMs);
  await exit;
  clearTimeout(timer);
}
