/** A process of its own that starts the embedded PostgreSQL, says so in one line of JSON, and then lives until it is killed or told to stop. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundleScript } from './bundle';

const source = `
import { isLocalRuntimeError, startEmbeddedPostgres } from '@tributary/local-runtime';

async function main(): Promise<void> {
  const dataDir = process.argv[2] ?? '';
  const uid = Number(process.argv[3] ?? '0');
  if (uid > 0) {
    process.setgroups?.([]);
    process.setgid?.(uid);
    process.setuid?.(uid);
  }
  try {
    const started = performance.now();
    const server = await startEmbeddedPostgres({ dataDir, log: (line) => process.stderr.write(line + '\\n') });
    process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
    setInterval(() => undefined, 60_000);
    process.stdout.write(JSON.stringify({ url: server.url, pid: server.pid, port: server.port, dataDir: server.dataDir, ms: performance.now() - started }) + '\\n');
  } catch (error) {
    process.stdout.write(JSON.stringify(isLocalRuntimeError(error) ? { code: error.code, message: error.message, detail: error.detail } : { code: 'UNTYPED', message: String(error) }) + '\\n');
    process.exitCode = 1;
  }
}
void main();
`;

export interface ServerReport {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  readonly dataDir: string;
  readonly ms: number;
  /** Set instead of the others when the start was refused. */
  readonly code?: string;
  readonly message?: string;
}

export interface ServerProcess {
  readonly process: ChildProcess;
  readonly report: Promise<ServerReport>;
  readonly exited: Promise<number | null>;
  /** What was logged. */
  lines(): string;
}

let script: string | undefined;

/** `uid`: give up root before starting, as an ordinary user would be. */
export function startServerProcess(dataDir: string, uid = 0, cwd?: string): ServerProcess {
  script ??= bundleScript('server', source);
  const child = spawn(process.execPath, [script, dataDir, String(uid)], { stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
  let logged = '';
  child.stderr.on('data', (chunk: Buffer) => {
    logged += chunk.toString('utf8');
  });
  const report = new Promise<ServerReport>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => {
      resolve(JSON.parse(line) as ServerReport);
    });
    child.once('exit', (code) => {
      setTimeout(() => {
        reject(new Error(`ended with ${String(code)} before it said anything: ${logged}`));
      }, 200);
    });
  });
  // A test that kills the process early never asks for its report.
  report.catch(() => undefined);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return { process: child, report, exited, lines: () => logged };
}
