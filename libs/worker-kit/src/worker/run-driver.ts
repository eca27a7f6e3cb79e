/** Drives one claimed run to its next resting place: declined, ended, free for another try, or handed back. */
import { type Clock, type Log } from '@tributary/service-kit';
import { type ActiveSpan, type Telemetry, traceContextOf } from '@tributary/telemetry';
import { configFor, type PublishedConfig } from '../definition/worker-config';
import { type Progress } from '../definition/worker-definition';
import { type ClaimedRun, type Manifest } from '../runs/run';
import { type Change } from '../runs/run.memory';
import { Interrupted } from './interrupted';
import { Pulse } from './pulse';
import { type Recorder } from './recorder';
import { type RunFacts } from './run-facts';
import { type Impossible, type ScanFailure, scanFailures, type ScanJob, type Scanned, type ScanRunner } from './scan-runner';
import { type WorkerMetrics } from './worker-metrics';

export interface RunDriverOptions {
  readonly runner: ScanRunner;
  readonly recorder: Recorder;
  readonly facts: RunFacts;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly metrics: WorkerMetrics;
  readonly heartbeatMs: number;
  /** Tries that may go wrong before the run fails for good. */
  readonly attemptsMax: number;
  /** Before the next try, after so many failures. */
  readonly retryMs: (failures: number, failure: ScanFailure) => number;
}

/** One run in one attempt. */
export interface Drive {
  readonly run: ClaimedRun;
  readonly published: PublishedConfig;
  readonly controller: AbortController;
  /** It has come forward: all that is left is its scan, which is recorded as under way, or has to wait for room. */
  readonly onForward: (underway: boolean) => void;
  /** Its scan has begun. */
  readonly onBegun: () => void;
  /** Whether it has. */
  readonly underway: () => boolean;
}

export class RunDriver {
  constructor(private readonly options: RunDriverOptions) {}

  /** Never rejects: what cannot be recorded is left to the lease. */
  async drive(drive: Drive): Promise<void> {
    const { run, controller } = drive;
    const { attemptsMax, log } = this.options;
    try {
      if (run.failures >= attemptsMax) await this.#span('give up', drive, (span) => this.#end(drive, lost(run), span, true));
      else if (run.state === 'RUNNING' || (await this.#span('consider', drive, (span) => this.#consider(drive, span))))
        await this.#span('scan', drive, (span) => this.#scan(drive, span));
    } catch (error) {
      if (!controller.signal.aborted) log.error({ err: error, taskId: run.taskId, round: run.round }, 'a run was left to its lease');
      else if (controller.signal.reason instanceof Interrupted && controller.signal.reason.why === 'STOPPING') await this.#release(run);
    }
  }

  /** Answers whether a scan follows. */
  async #consider(drive: Drive, span: ActiveSpan): Promise<boolean> {
    const { run, controller } = drive;
    const considered = await this.#timed('consider', () => this.options.runner.consider(jobOf(drive, span), controller.signal));
    if (considered.kind === 'impossible') {
      await this.#amiss(drive, considered.failure, span);
      return false;
    }
    if (considered.kind === 'decline') {
      const { reasonCode, detail } = considered;
      const fact = this.options.facts.declined(run, reasonCode, detail, span.traceparent);
      const ours = await this.#record(run, { kind: 'end', state: 'DECLINED', outcome: reasonCode }, [fact]);
      if (!ours) return false;
      this.options.metrics.declined.inc({ reason: reasonCode });
      this.options.log.info({ ...about(run, span), factId: fact.id, reasonCode, detail }, 'does not take part');
      return false;
    }
    return await this.#start(drive, considered.manifest, span);
  }

  async #start({ run, published: { revision }, onForward }: Drive, manifest: Manifest | undefined, span: ActiveSpan): Promise<boolean> {
    const fact = this.options.facts.started(run, manifest, revision, span.traceparent);
    const underway = this.options.runner.hasRoom();
    const ours = await this.#record(run, { kind: 'start', manifest, configRevision: revision, underway }, [fact]);
    if (!ours) return false;
    onForward(underway);
    this.options.log.info({ ...about(run, span), factId: fact.id, configRevision: revision }, 'takes part');
    return true;
  }

  async #scan(drive: Drive, span: ActiveSpan): Promise<void> {
    const { run, controller } = drive;
    const { runner, clock, heartbeatMs, facts } = this.options;
    // Whoever took the run over from a lost holder says so.
    if (run.state === 'RUNNING' && !(await this.#start(drive, run.manifest, span))) return;
    const pulse = new Pulse(clock, heartbeatMs, (progress) => {
      this.#beat(drive, progress, span);
    });
    let answer: Scanned | Impossible;
    try {
      answer = await this.#timed('scan', () =>
        runner.scan(jobOf(drive, span), controller.signal, {
          onBegun: drive.onBegun,
          onProgress: (progress) => {
            pulse.progressed(progress);
          },
        }),
      );
    } finally {
      pulse.stop();
    }
    if (answer.kind === 'impossible') {
      await this.#amiss({ ...drive, run: { ...run, state: 'RUNNING' } }, answer.failure, span);
      return;
    }
    const fact = facts.ended(run, answer, span.traceparent);
    const ours = await this.#record(run, { kind: 'end', state: answer.judgement === 'QUALITY' ? 'FAILED' : 'DONE', outcome: answer.judgement }, [fact]);
    if (!ours) return;
    this.options.metrics.ended.inc({ outcome: answer.judgement });
    this.options.log.info({ ...about(run, span), factId: fact.id, outcome: answer.judgement, counts: answer.counts }, 'has scanned');
  }

  #beat({ run, controller, underway }: Drive, progress: Progress, span: ActiveSpan): void {
    this.options.recorder
      .record({ key: run, attempt: run.attempt, change: { kind: 'beat', underway: underway() } }, [
        this.options.facts.progressed(run, progress, span.traceparent),
      ])
      .then((ours) => {
        if (!ours) controller.abort(new Interrupted('LOST'));
      })
      .catch((error: unknown) => {
        this.options.log.warn({ err: error, taskId: run.taskId }, 'progress could not be told');
      });
  }

  /** A try went wrong: once more, or the end. */
  async #amiss(drive: Drive, failure: ScanFailure, span: ActiveSpan): Promise<void> {
    const { run } = drive;
    const { attemptsMax, retryMs, metrics, log } = this.options;
    if (!scanFailures[failure.code].worthRetrying || run.failures + 1 >= attemptsMax) {
      await this.#end(drive, failure, span, run.state === 'CANDIDATE');
      return;
    }
    metrics.retried.inc({ reason: failure.code });
    log.warn({ ...about(run, span), ...failure }, 'a scan could not run; trying again');
    await this.#record(run, { kind: 'retry', afterMs: retryMs(run.failures + 1, failure), outcome: failure.code }, []);
  }

  /** Who never came forward comes forward now: a decline would count as nobody. */
  async #end(drive: Drive, failure: ScanFailure, span: ActiveSpan, unheard: boolean): Promise<void> {
    const { run, published, controller } = drive;
    const { facts, runner, metrics, log } = this.options;
    const fault = failure.path === undefined ? undefined : await runner.reportFault(jobOf(drive, span), failure, controller.signal);
    const fact = facts.failed(run, failure, fault, span.traceparent);
    const told = unheard ? [facts.started(run, run.manifest, published.revision, span.traceparent), fact] : [fact];
    if (!(await this.#record(run, { kind: 'end', state: 'FAILED', outcome: failure.code }, told))) return;
    metrics.ended.inc({ outcome: failure.code });
    log.error({ ...about(run, span), factId: fact.id, ...failure }, 'a scan could not run');
  }

  async #release(run: ClaimedRun): Promise<void> {
    await this.#record(run, { kind: 'release' }, []).catch((error: unknown) => {
      this.options.log.warn({ err: error, taskId: run.taskId }, 'a run could not be handed back; its lease ends by itself');
    });
  }

  #record(run: ClaimedRun, change: Change, facts: Parameters<Recorder['record']>[1]): Promise<boolean> {
    return this.options.recorder.record({ key: run, attempt: run.attempt, change }, facts);
  }

  async #timed<R>(step: string, work: () => Promise<R>): Promise<R> {
    const end = this.options.metrics.seconds.startTimer({ step });
    try {
      return await work();
    } finally {
      end();
    }
  }

  #span<R>(step: string, { run }: Drive, work: (span: ActiveSpan) => Promise<R>): Promise<R> {
    const { taskId, round, subTaskType, attempt } = run;
    const attributes = { 'tributary.task_id': taskId, 'tributary.round': round, 'tributary.sub_task_type': subTaskType, 'tributary.attempt': attempt };
    const parent = traceContextOf(run.traceparent);
    return this.options.telemetry.span(`${step} ${subTaskType}`, { kind: 'consumer', attributes, parent }, work);
  }
}

function jobOf({ run, published }: Drive, { traceparent }: ActiveSpan): ScanJob {
  const { subTaskType, taskId, round, attempt, context, budgets } = run;
  return { subTaskType, taskId, round, attempt, context, budgets, config: configFor(context.product, published), traceparent };
}

function lost({ failures }: ClaimedRun): ScanFailure {
  return { code: 'WORKER_LOST', detail: `${failures} tries ended without a word` };
}

function about({ taskId, round, attempt }: ClaimedRun, { traceId }: ActiveSpan): Record<string, string | number> {
  return { taskId, round, attempt, traceId };
}
