/** A task as the API shows it. Pure. */
import {
  decide,
  explainOpen,
  type Language,
  observedTypes,
  type Participant,
  participantsOf,
  renderExplanation,
  type RenderedExplanation,
  unreachableTypes,
  withoutReport,
} from '@tributary/convergence';
import { builtInPolicies, type Fact, type PolicySnapshot } from '@tributary/facts';
import { type GateTask, type LedgerEntry, pausedMs, type VerdictRecord, type WatchReading, type WindowRecord } from './gate.memory';

export type ReadTask = GateTask & { readonly watch?: WatchReading };

const unknownPolicy = builtInPolicies['default'] as PolicySnapshot;

export function taskDocument({ task, windows, watch }: ReadTask): Record<string, unknown> {
  const { taskId, status, revision, round, created, lastFactAt, verdictHash } = task;
  const window = windows.find((candidate) => candidate.round === round);
  const open = windows.find(({ closed }) => !closed);
  const policy = created?.policy ?? unknownPolicy;
  const { fileName, size, sha256 } = created?.context ?? {};
  return {
    taskId,
    status,
    revision,
    product: created?.product,
    version: created?.version,
    package: { fileName, size, sha256 },
    createdAt: created?.at,
    lastFactAt: lastFactAt ?? created?.at,
    round,
    observedTypes: window ? observedTypes(window.state, window.closed ? window.state.cutoff : undefined) : [],
    participants: window ? participants(window, watch) : [],
    window: windowDocument(window, policy, watch, created?.at),
    ...(open &&
      open.round !== round && {
        openRound: { round: open.round, participants: participants(open, watch), window: windowDocument(open, policy, watch, lastFactAt) },
      }),
    ...(verdictHash !== undefined && { verdictHash }),
    traceId: created?.traceparent?.split('-')[1],
  };
}

/** Who took part, by what the standing verdict (or the open window) says; those who came late are shown, too. */
function participants(window: WindowRecord, watch: WatchReading | undefined): Participant[] {
  return withReports(window, watch).map(withoutReport);
}

export function withReports({ state, closed }: WindowRecord, watch: WatchReading | undefined): Participant[] {
  if (closed) return participantsOf(state, { knownTypes: [...closed.knownTypes], unreachable: [...closed.unreachable] });
  return participantsOf(state, { unreachable: watch ? unreachableTypes(state, watch.watchMs) : [] });
}

/** `announcedAt`: the window counts from there until it is opened, which is as soon as its invitation is on the bus. */
function windowDocument(
  window: WindowRecord | undefined,
  policy: PolicySnapshot,
  watch: WatchReading | undefined,
  announcedAt: string | undefined,
): Record<string, unknown> {
  const { participationMs, gapMs, deadlineMs, graceMs } = policy;
  const openedAt = window?.opened?.at ?? announcedAt;
  if (!window || openedAt === undefined) return { participationMs, gapMs, deadlineMs, graceMs, pausedMs: 0 };
  const paused = pausedMs(window, watch);
  const after = (milliseconds: number): string => new Date(Date.parse(openedAt) + milliseconds + paused).toISOString();
  return {
    participationMs,
    gapMs,
    deadlineMs,
    graceMs,
    openedAt,
    participationEndsAt: after(participationMs),
    deadlineAt: after(deadlineMs),
    pausedMs: paused,
    ...(window.closed && { closedAt: window.closed.at, closedBy: window.closed.by }),
  };
}

/** The explanation of the standing verdict; before it, what is known and what the window waits for. */
export function explanationDocument({ task, windows, watch }: ReadTask, verdict: VerdictRecord | undefined, language: Language): RenderedExplanation {
  const window = windows.find(({ round }) => round === (verdict?.round ?? task.round));
  if (verdict && window) return { ...renderExplanation(verdict.explanation, language), participants: participants(window, watch) };
  const state = window?.state ?? { round: 1, claims: {}, progress: {} };
  const watchMs = watch?.watchMs ?? 0;
  const decision = decide(state, task.created?.policy ?? unknownPolicy, { openedWatchMs: window?.opened?.watchMs ?? watchMs, watchMs });
  return explainOpen({ state, decision, watchMs, unreachable: unreachableTypes(state, watchMs) }, language);
}

/** A ledger entry as `/facts` and the stream show it. */
export function factDocument({ fact, late }: LedgerEntry): Fact & { late?: true } {
  return late ? { ...fact, late: true } : fact;
}
