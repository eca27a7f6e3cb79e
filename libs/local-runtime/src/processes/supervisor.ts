/** Starts named processes in stages, watches them, and stops them in order. What `npm run cluster` is made of. */
import { readFile, rm } from 'node:fs/promises';
import { lastLines } from '../bounded-log';
import { LocalRuntimeError, messageOf } from '../local-runtime-error';
import { identityOf, type ProcessIdentity } from '../process-identity';
import { inStages, type ProcessSpec, type ProcessState } from './process-spec';
import { stopLeftovers, writeRunRecord } from './run-record';
import { SupervisedProcess } from './supervised-process';

export interface SupervisorOptions {
  readonly processes: readonly ProcessSpec[];
  /** Where it is written down who was started; one file per set of processes. */
  readonly recordFile: string;
  /** Per process. */
  readonly readyTimeoutMs?: number;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
  readonly log?: (line: string) => void;
  /** Ends a start that is under way: what runs is stopped, and the promise rejects with ABORTED. */
  readonly signal?: AbortSignal;
  readonly onChange?: (states: readonly ProcessState[]) => void;
  /** A process that is not started again has ended by itself. */
  readonly onCrash?: (state: ProcessState) => void;
}

export interface Supervisor {
  readonly states: readonly ProcessState[];
  /** Last stage first, all of a stage together. Twice is once. */
  stop(): Promise<void>;
}

/**
 * Resolves when all are ready. When one is not, everything is stopped again.
 * @throws LocalRuntimeError START_FAILED with the end of the culprit's log; DATA_FOLDER_IN_USE when another launcher runs on the same record
 */
export async function superviseProcesses(options: SupervisorOptions): Promise<Supervisor> {
  const { processes, recordFile, readyTimeoutMs = 60_000, graceMs = 15_000 } = options;
  const log = options.log ?? (() => undefined);
  await stopLeftovers(recordFile, graceMs, log);
  const launcher = await identityOf(process.pid);
  let up = false;
  const crashed = new Set<SupervisedProcess>();
  const record = recorder(recordFile, launcher, () => all, log);
  const all: readonly SupervisedProcess[] = processes.map((spec) => {
    const one: SupervisedProcess = new SupervisedProcess(spec, readyTimeoutMs, async () => {
      options.onChange?.(all.map(({ state }) => state));
      const { phase } = one.state;
      if (up && phase === 'crashed' && spec.restart !== 'on-crash' && !crashed.has(one)) {
        crashed.add(one);
        options.onCrash?.(one.state);
      }
      if (phase === 'starting' || phase === 'crashed' || phase === 'stopped') await record();
    });
    return one;
  });
  const stages = inStages(all.map((one) => ({ stage: one.spec.stage, one })));
  const stopAll = async (): Promise<void> => {
    for (const stage of stages.toReversed()) await Promise.all(stage.map(({ one }) => one.stop(graceMs)));
    await record();
    await rm(recordFile, { force: true });
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopAll());
  options.signal?.addEventListener('abort', () => void stop());
  await writeRunRecord(recordFile, { launcher, processes: [] });
  for (const stage of stages) {
    if (isAborted(options.signal)) break;
    const ready = await Promise.all(stage.map(({ one }) => one.start()));
    const culprit = stage[ready.indexOf(false)]?.one;
    if (culprit === undefined || isAborted(options.signal)) continue;
    const failure = await startFailed(culprit.state);
    await stop();
    throw failure;
  }
  if (isAborted(options.signal)) {
    await stop();
    throw aborted();
  }
  up = true;
  return {
    get states() {
      return all.map(({ state }) => state);
    },
    stop,
  };
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Writes one after the other; many changes at once end in one more writing. */
function recorder(file: string, launcher: ProcessIdentity, all: () => readonly SupervisedProcess[], log: (line: string) => void): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(async () => {
      const running = all().flatMap(({ identity, spec }) => (identity === undefined ? [] : [{ ...identity, name: spec.name }]));
      // Whoever runs goes on running when the disk is full; only the next launcher would not find them.
      await writeRunRecord(file, { launcher, processes: running }).catch((error: unknown) => {
        log(`cannot write ${file}: ${messageOf(error)}`);
      });
    });
    return last;
  };
}

async function startFailed(state: ProcessState): Promise<LocalRuntimeError> {
  const told = await readFile(state.logFile, 'utf8').catch(() => '');
  return new LocalRuntimeError(
    'START_FAILED',
    `${state.name} did not become ready: ${state.ended ?? 'no reason known'}`,
    { en: `Its log: ${state.logFile}`, zh: `日志：${state.logFile}` },
    lastLines(told),
  );
}

function aborted(): LocalRuntimeError {
  return new LocalRuntimeError('ABORTED', 'the start was interrupted; what ran already was stopped', { en: 'Start again.', zh: '请重新启动。' });
}
