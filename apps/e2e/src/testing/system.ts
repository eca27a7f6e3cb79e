/** The whole system as a person starts it: from the bundles, as processes of its own, in a folder that goes away with it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@tributary/local-runtime';
import { until } from './until';

/** The repository, from the source as well as from a bundle. */
const root = above(__dirname);

function above(folder: string): string {
  return existsSync(join(folder, 'nx.json')) ? folder : above(dirname(folder));
}

export interface SystemOptions {
  /** `standalone` is `npm start`, `cluster` is `npm run cluster`. */
  readonly kind: 'standalone' | 'cluster';
  readonly bus?: 'kafka' | 'postgres';
  /** `host:port` of a Kafka that the test holds in its own hands. */
  readonly kafka?: string;
  /** URL of a PostgreSQL likewise. */
  readonly postgres?: string;
  /** `TRIBUTARY_...` */
  readonly env?: Readonly<Record<string, string>>;
}

export interface System {
  readonly url: string;
  readonly dataFolder: string;
  /** Milliseconds from the start of the command to the first 200 of `/readyz`. */
  readonly readyAfterMs: number;
  /** The first process. */
  readonly pid: number;
  /** Of a cluster's service as the supervisor knows it now. */
  pidOf(service: string): number | undefined;
  /** `kill -9` of a service with all its scan processes; resolves with the pid that is gone. */
  kill(service: string): Promise<number>;
  /** Environment variables of a service's process. */
  environmentOf(service: string): Readonly<Record<string, string>>;
  /** What a service has written to its log. */
  log(service: string): string;
  /** The data folder goes, too, unless it is to be started again. */
  stop(how?: { readonly keepData?: boolean }): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) endGroup(child);
});

/** Rejects with what the system wrote when it is not ready in time. `dataFolder` of an earlier life: the system finds its data again. */
export async function startSystem(options: SystemOptions, earlier?: { readonly dataFolder: string }): Promise<System> {
  buildBundles(options);
  const began = performance.now();
  const dataFolder = earlier?.dataFolder ?? mkdtempSync(join(tmpdir(), 'tributary-e2e-'));
  // PostgreSQL of a test that root runs belongs to another account, which must be able to get there.
  chmodSync(dataFolder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output = join(dataFolder, 'e2e-output.log');
  const log = openSync(output, 'a');
  const child = spawn(process.execPath, argumentsOf(options, port, dataFolder), {
    cwd: root,
    env: cleanEnvironment({
      ...(options.kind === 'standalone' && options.postgres !== undefined && { TRIBUTARY_DATABASE_URL: options.postgres }),
      ...options.env,
    }),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  running.add(child);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      running.delete(child);
      done();
    });
  });
  const isReady = async (): Promise<boolean> => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended while it started:\n${readFileSync(output, 'utf8').slice(-4_000)}`);
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined))?.status === 200;
  };
  await until(`${options.kind} to be ready`, isReady, { withinMs: 110_000, everyMs: 50 }).catch((error: unknown) => {
    endGroup(child);
    throw error;
  });
  return {
    ...{ url, dataFolder, pid: child.pid ?? 0, readyAfterMs: performance.now() - began },
    ...processesIn(dataFolder),
    stop: async ({ keepData = false } = {}) => {
      await endPolitely(child, ended, dataFolder);
      if (!keepData) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The start would build, too, but that is no part of how long it takes. */
function buildBundles({ kind }: SystemOptions): void {
  const built = spawnSync(process.execPath, [scriptOf(kind), '--help'], { cwd: root, env: cleanEnvironment(), encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`${kind} cannot be built:\n${built.stderr}`);
}

function scriptOf(kind: SystemOptions['kind']): string {
  return join(root, 'tools', kind === 'standalone' ? 'start.mjs' : 'cluster.mjs');
}

function argumentsOf({ kind, bus, kafka, postgres }: SystemOptions, port: number, dataFolder: string): string[] {
  const carrier = kafka !== undefined ? ['--kafka', kafka] : bus === undefined ? [] : ['--bus', bus];
  const memory = kind === 'cluster' && postgres !== undefined ? ['--postgres', postgres] : [];
  return [scriptOf(kind), '--port', String(port), '--data', dataFolder, ...carrier, ...memory];
}

/** Nothing of ours is inherited, and nothing of Jest's. */
function cleanEnvironment(given: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TRIBUTARY_|JEST_|NODE_ENV|NODE_OPTIONS|OTEL_|FORCE_COLOR)/.test(name));
  return { ...Object.fromEntries(kept), ...given };
}

interface Recorded {
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
}

function processesIn(dataFolder: string): Pick<System, 'pidOf' | 'kill' | 'environmentOf' | 'log'> {
  const pidOf = (service: string): number | undefined => recordedIn(dataFolder).find(({ name }) => name === service)?.pid;
  return {
    pidOf,
    kill: async (service) => {
      const pid = pidOf(service);
      if (pid === undefined) throw new Error(`${service} does not run`);
      // Every service leads a group of its own, with its scan processes.
      process.kill(-pid, 'SIGKILL');
      await until(`${service} to be gone`, () => !alive(pid), { withinMs: 5_000, everyMs: 10 });
      return pid;
    },
    environmentOf: (service) =>
      Object.fromEntries(
        readFileSync(`/proc/${pidOf(service) ?? 0}/environ`, 'utf8')
          .split('\0')
          .filter((entry) => entry.includes('='))
          .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
      ),
    log: (service) => readFileSync(join(dataFolder, 'logs', `${service}.log`), 'utf8'),
  };
}

function recordedIn(dataFolder: string): Recorded['processes'] {
  try {
    return (JSON.parse(readFileSync(join(dataFolder, 'processes.json'), 'utf8')) as Recorded).processes;
  } catch {
    return [];
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).charAt(0) !== 'Z';
  } catch {
    return false;
  }
}

async function endPolitely(child: ChildProcess, ended: Promise<void>, dataFolder: string): Promise<void> {
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(40_000, undefined, { ref: false })]);
  if (!running.has(child)) return;
  for (const { pid } of recordedIn(dataFolder)) endGroup({ pid });
  endGroup(child);
  await ended;
}

function endGroup({ pid }: Pick<ChildProcess, 'pid'>): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
