/** Run a program to its end without blocking the process, with a limit on time and on what is kept of its output. */
import { spawn } from 'node:child_process';
import { inheritedEnvironment } from './config';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface ProgramRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Run as somebody else; only root can. */
  readonly as?: Account | undefined;
  readonly timeoutMs?: number;
}

export interface ProgramResult {
  /** Exit code; -1 when a signal ended it or it could not be started. */
  readonly code: number;
  /** stdout and stderr in the order of arrival, the last 16 KB. */
  readonly output: string;
  /** `ENOENT` and its kind when the program could not be started. */
  readonly startFailure?: string;
}

const outputCharsMax = 16_384;

export function runProgram(run: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(run.command, [...run.args], {
      cwd: run.cwd ?? '/',
      env: run.env ?? inheritedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: run.timeoutMs ?? 120_000,
      killSignal: 'SIGKILL',
      windowsHide: true,
      ...run.as,
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-outputCharsMax);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ code: -1, output: `${output}${error.message}`, startFailure: error.code ?? 'UNKNOWN' });
    });
    // 'exit', not 'close': a server that the program leaves behind inherits the pipes and would keep us waiting.
    child.once('exit', (code) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code: code ?? -1, output });
      });
    });
  });
}
