/** One process under supervision: started, watched until it is ready, asked to stop, and made to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { boundLog, keepBounded } from '../bounded-log';
import { inheritedEnvironment } from '../config';
import { identityOf, type ProcessIdentity } from '../process-identity';
import { until } from '../sleep';
import { crashesInRow, restartPauseMs, type ProcessPhase, type ProcessSpec, type ProcessState } from './process-spec';
import { answersOk } from './ready-probe';
import { signal } from './run-record';

export class SupervisedProcess {
  identity: ProcessIdentity | undefined;
  private phase: ProcessPhase = 'waiting';
  private child: ChildProcess | undefined;
  private ended: string | undefined;
  private restarts = 0;
  private crashesInRow = 0;
  private readyAfterMs: number | undefined;
  private exited: Promise<void> = Promise.resolve();
  private restartTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly spec: ProcessSpec,
    private readonly readyTimeoutMs: number,
    private readonly onChange: () => Promise<void> | void,
  ) {}

  get state(): ProcessState {
    const pid = this.phase === 'crashed' || this.phase === 'stopped' ? undefined : this.child?.pid;
    return {
      name: this.spec.name,
      phase: this.phase,
      pid,
      ended: this.ended,
      restarts: this.restarts,
      readyAfterMs: this.readyAfterMs,
      logFile: this.spec.logFile,
    };
  }

  /** True when it is ready; false when it ended or the time was over. */
  async start(): Promise<boolean> {
    const since = performance.now();
    await this.launch();
    const { readyUrl } = this.spec;
    const ready = await until(
      async () => !this.lives() || this.phase !== 'starting' || readyUrl === undefined || (await answersOk(readyUrl)),
      this.readyTimeoutMs,
      50,
    );
    if (!this.lives()) {
      await this.exited;
      return false;
    }
    if (this.phase !== 'starting') return false; // asked to stop meanwhile
    if (!ready) {
      this.ended = `not ready after ${String(Math.round(this.readyTimeoutMs / 1_000))} s`;
      return false;
    }
    this.readyAfterMs = performance.now() - since;
    await this.enter('ready');
    return true;
  }

  /** SIGTERM, and SIGKILL to its whole group when it takes longer. */
  async stop(graceMs: number): Promise<void> {
    clearTimeout(this.restartTimer);
    const living = this.lives();
    await this.enter(living ? 'stopping' : 'stopped');
    if (!living || this.child?.pid === undefined) return;
    signal(this.child.pid, 'SIGTERM');
    const { pid } = this.child;
    const timer = setTimeout(() => {
      if (this.lives()) signal(-pid, 'SIGKILL');
    }, graceMs);
    await this.exited;
    clearTimeout(timer);
  }

  private lives(): boolean {
    return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private async launch(): Promise<void> {
    const { command, args, env, cwd, logFile } = this.spec;
    await mkdir(dirname(logFile), { recursive: true });
    await boundLog(logFile);
    const log = await open(logFile, 'a');
    if (this.phase === 'stopped') {
      await log.close();
      return; // asked to stop before it was there
    }
    const startedAt = performance.now();
    // A group of its own: Ctrl-C is for the launcher, which then stops everybody in order.
    const child = spawn(command, [...args], {
      env: { ...inheritedEnvironment(), ...env },
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.child = child;
    const unbound = keepBounded(logFile);
    this.exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signalName) => {
        resolve(signalName ?? `exit ${String(code)}`);
      });
      child.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
    }).then((how) => {
      unbound();
      return this.onEnd(how, performance.now() - startedAt);
    });
    this.phase = 'starting'; // before anything is awaited: it may be over by then
    this.readyAfterMs = undefined;
    await log.close();
    const identity = child.pid === undefined ? undefined : await identityOf(child.pid);
    if (this.lives()) this.identity = identity;
    await this.onChange();
  }

  private async onEnd(how: string, livedMs: number): Promise<void> {
    this.identity = undefined;
    if (this.phase === 'stopping' || this.phase === 'stopped') {
      this.ended = how === 'exit 0' || how === 'SIGTERM' ? undefined : how;
      await this.enter('stopped');
      return;
    }
    const wasReady = this.phase === 'ready';
    this.ended = how;
    this.crashesInRow = crashesInRow(this.crashesInRow, livedMs - (this.readyAfterMs ?? livedMs));
    await this.enter('crashed');
    // Who never became ready on the first try has a fault that starting again does not mend.
    if (this.spec.restart !== 'on-crash' || !(wasReady || this.restarts > 0)) return;
    this.restartTimer = setTimeout(() => void this.restart(), restartPauseMs(this.crashesInRow));
  }

  private async restart(): Promise<void> {
    this.restarts++;
    // Alive but never ready: ended, and so tried again.
    if (!(await this.start()) && this.phase === 'starting' && this.lives() && this.child?.pid !== undefined) signal(-this.child.pid, 'SIGKILL');
  }

  private async enter(phase: ProcessPhase): Promise<void> {
    this.phase = phase;
    await this.onChange();
  }
}
