/** What a worker tells about a run. Ids are derived, so that telling again tells the same fact; what carries clock values has a fresh one. */
import {
  type Counts,
  type Fact,
  makeFact,
  type ReportRef,
  SubTaskCompleted,
  SubTaskDeclined,
  SubTaskFailed,
  SubTaskProgressed,
  SubTaskStarted,
} from '@tributary/facts';
import { type Clock, derivedId, type Identity, instant } from '@tributary/service-kit';
import { cut } from '@tributary/findings';
import { type Progress } from '../definition/worker-definition';
import { type ClaimedRun, type Manifest } from '../runs/run';
import { type FaultReport, type ScanFailure, scanFailures, type Scanned } from './scan-runner';

const textLengthMax = 4_000;

export interface RunFactsOptions {
  readonly service: string;
  readonly workerVersion: string;
  readonly heartbeatMs: number;
  readonly clock: Clock;
  readonly identity: Identity;
}

interface Told {
  readonly id: string;
  readonly causedby: string;
  readonly traceparent: string;
}

export class RunFacts {
  constructor(private readonly options: RunFactsOptions) {}

  declined(run: ClaimedRun, reasonCode: string, detail: string | undefined, traceparent: string): Fact {
    const told = { id: idOf(run, 'declined'), causedby: run.causeId, traceparent };
    return makeFact(SubTaskDeclined, {
      ...this.#envelope(run, told),
      data: { ...place(run), reasonCode, ...(detail !== undefined && { detail: cut(detail, textLengthMax) }) },
    });
  }

  started(run: ClaimedRun, manifest: Manifest | undefined, configRevision: number, traceparent: string): Fact {
    const { workerVersion, heartbeatMs } = this.options;
    const told = { id: startedId(run), causedby: run.causeId, traceparent };
    return makeFact(SubTaskStarted, {
      ...this.#envelope(run, told),
      data: { ...place(run), attempt: run.attempt, workerVersion, configRevision, heartbeatMs, ...manifestOf(manifest) },
    });
  }

  progressed(run: ClaimedRun, { done, total, unit }: Progress, traceparent: string): Fact {
    const told = { id: this.options.identity.fresh(), causedby: startedId(run), traceparent };
    return makeFact(SubTaskProgressed, { ...this.#envelope(run, told), data: { ...place(run), attempt: run.attempt, done, total, unit } });
  }

  /** `SubTaskCompleted`, or `SubTaskFailed` with QUALITY. */
  ended(run: ClaimedRun, { judgement, reason, counts, report, manifest }: Scanned, traceparent: string): Fact {
    const told = { ...this.#envelope(run, this.#end(run, traceparent)) };
    const data = { ...place(run), attempt: run.attempt, ...found(counts, report), ...manifestOf(manifest) };
    if (judgement !== 'QUALITY') return makeFact(SubTaskCompleted, { ...told, data: { ...data, result: judgement } });
    return makeFact(SubTaskFailed, { ...told, data: { ...data, failureKind: judgement, reason: cut(reason, textLengthMax) } });
  }

  /** The scan could not run, and will not be tried again. */
  failed(run: ClaimedRun, failure: ScanFailure, fault: FaultReport | undefined, traceparent: string): Fact {
    const { code, path, detail } = failure;
    const reason = cut(`${code}: ${path === undefined ? '' : `${path}: `}${detail}`, textLengthMax);
    const data = { ...place(run), attempt: run.attempt, failureKind: scanFailures[code].kind, reason, ...manifestOf(run.manifest) };
    const told = this.#envelope(run, this.#end(run, traceparent));
    return makeFact(SubTaskFailed, { ...told, data: { ...data, ...(fault && found(fault.counts, fault.report)) } });
  }

  #end(run: ClaimedRun, traceparent: string): Told {
    return { id: idOf(run, 'ended'), causedby: startedId(run), traceparent };
  }

  #envelope({ tenant, taskId }: ClaimedRun, told: Told): Told & { source: string; subject: string; time: string; tenant: string } {
    const { service, clock } = this.options;
    return { ...told, source: `/tributary/${service}`, subject: taskId, time: instant(clock.now()), tenant };
  }
}

function idOf({ causeId, round, subTaskType, attempt }: ClaimedRun, purpose: string): string {
  return derivedId(causeId, purpose, round, subTaskType, attempt);
}

export function startedId(run: ClaimedRun): string {
  return idOf(run, 'started');
}

function place({ taskId, round, subTaskType }: ClaimedRun): { taskId: string; round: number; subTaskType: string } {
  return { taskId, round, subTaskType };
}

function found(counts: Counts, report: ReportRef | undefined): { counts: Counts; report?: ReportRef } {
  return { counts, ...(report && { report }) };
}

function manifestOf(manifest: Manifest | undefined): { manifestSha256?: string; manifestFormat?: number } {
  return manifest ? { manifestSha256: manifest.sha256, manifestFormat: manifest.format } : {};
}
