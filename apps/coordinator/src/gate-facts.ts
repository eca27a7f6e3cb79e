/** The facts that the coordinator tells: ids derived from their causes, so that telling again tells the same. */
import {
  CancelRequested,
  type Fact,
  MainTaskConverged,
  MainTaskCreated,
  MainTaskReconverged,
  makeFact,
  limits,
  RescanRequested,
  WindowClosed,
  type ZipUploaded,
} from '@tributary/facts';
import { type Explanation, type Verdict } from '@tributary/convergence';
import { derivedId } from '@tributary/service-kit';
import { type TaskRecord, type WindowRecord } from './gate.memory';

const source = '/tributary/coordinator';

export interface Told {
  /** RFC 3339. */
  readonly at: string;
  /** Of the span under which it is told. */
  readonly traceparent: string | undefined;
}

export function mainTaskCreated(cause: ZipUploaded, { at, traceparent }: Told): MainTaskCreated {
  const { taskId, filePath, sha256, size, fileName, uploadTime, product, version, policy } = cause.data;
  return makeFact(MainTaskCreated, {
    id: derivedId(cause.id, 'MainTaskCreated'),
    source,
    subject: taskId,
    time: at,
    tenant: cause.tenant,
    traceparent,
    causedby: cause.id,
    data: {
      taskId,
      round: 1,
      context: {
        filePath,
        fileName,
        product,
        version,
        reportPrefix: reportPrefixOf(taskId),
        uploadTime: uploadTime ?? cause.time,
        ...(sha256 !== undefined && { sha256 }),
        ...(size !== undefined && { size }),
      },
      policy,
    },
  });
}

/** Reports of a task lie here and nowhere else. */
export function reportPrefixOf(taskId: string): string {
  return `store:tasks/${taskId}/reports/`;
}

export function cancelRequested(taskId: string, id: string, by: string, reason: string | undefined, { at, traceparent }: Told): CancelRequested {
  return makeFact(CancelRequested, {
    id,
    source,
    subject: taskId,
    time: at,
    traceparent,
    actor: by,
    data: { taskId, by, ...(reason !== undefined && { reason }) },
  });
}

export function rescanRequested(
  created: NonNullable<TaskRecord['created']>,
  {
    taskId,
    round,
    id,
    by,
    reason,
  }: { readonly taskId: string; readonly round: number; readonly id: string; readonly by: string; readonly reason: string | undefined },
  { at, traceparent }: Told,
): RescanRequested {
  const { context, policy } = created;
  return makeFact(RescanRequested, {
    id,
    source,
    subject: taskId,
    time: at,
    traceparent,
    actor: by,
    data: { taskId, round, by, context, policy, ...(reason !== undefined && { reason }) },
  });
}

export interface ClosedData {
  readonly closed: NonNullable<WindowRecord['closed']>;
  readonly openedAt: string;
  readonly digest: string;
}

export function windowClosed({ taskId, round, openedBy }: WindowRecord, { closed, openedAt, digest }: ClosedData, traceparent: string | undefined): Fact {
  const { by: closedBy, at: closedAt, cutoff, knownTypes, unreachable, pausedMs, factId } = closed;
  return makeFact(WindowClosed, {
    id: factId,
    source,
    subject: taskId,
    time: closedAt,
    traceparent,
    causedby: openedBy,
    data: { taskId, round, closedBy, cutoff, digest, knownTypes: [...knownTypes], unreachable: [...unreachable], openedAt, closedAt, pausedMs },
  });
}

export function windowClosedId(taskId: string, round: number): string {
  return derivedId(taskId, 'WindowClosed', round);
}

export function converged(
  window: WindowRecord,
  verdict: Verdict,
  {
    revision,
    causes,
    because,
    causedBy,
  }: { readonly revision: number; readonly causes: readonly string[]; readonly because: 'LATE_FACTS' | 'RESCAN'; readonly causedBy: string },
  { at, traceparent }: Told,
): Fact {
  const { taskId, round } = window;
  const { status, explanation, verdictHash } = verdict;
  const shared = { id: derivedId(taskId, 'verdict', revision), source, subject: taskId, time: at, traceparent, causedby: causedBy };
  const data = { taskId, round, revision, status, explanation: portable(explanation), verdictHash };
  if (revision === 1) return makeFact(MainTaskConverged, { ...shared, data });
  return makeFact(MainTaskReconverged, { ...shared, data: { ...data, because, causes: causes.slice(0, 1_000) } });
}

/** Bytes that an explanation may have inside a fact; the rest is for its envelope and the causes. */
const explanationBytesMax = limits.factBytesMax - 80 * 1024;

/** The explanation as far as a fact can carry it; the whole of it is the API's to tell. A verdict is never withheld because it has much to say. */
function portable(explanation: Explanation): Record<string, unknown> {
  const participants = explanation.participants.map(({ reason: _reason, counts: _counts, progress: _progress, ...rest }) => rest);
  const shorter: readonly Record<string, unknown>[] = [
    { ...explanation },
    { ...explanation, counterfactuals: [], conflicts: explanation.conflicts.slice(0, 20), shortened: true },
    { ...explanation, counterfactuals: [], conflicts: [], participants, shortened: true },
    { ...explanation, counterfactuals: [], conflicts: [], participants: [], witness: [], rule: { ...explanation.rule, values: {} }, shortened: true },
  ];
  return shorter.find((candidate) => Buffer.byteLength(JSON.stringify(candidate)) <= explanationBytesMax) ?? { status: explanation.status, shortened: true };
}
