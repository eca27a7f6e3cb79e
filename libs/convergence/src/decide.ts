/** Can the round converge? Pure and total: it judges the state as `evolve` leaves it, and watch time that arrives as an argument. */
import { type ClosedBy } from '@tributary/facts';
import { observe } from './observe';
import { type RoundState } from './state';

/** The durations of a window, ms of watch time. */
export interface Windows {
  readonly participationMs: number;
  readonly gapMs: number;
  readonly deadlineMs: number;
}

/** Watch time of the round's shard, ms. A participation begun anew after a pause moves `openedWatchMs`. */
export interface Clock {
  readonly openedWatchMs: number;
  readonly watchMs: number;
}

export type WaitReason =
  /** Somebody may still come forward. */
  | { readonly code: 'PARTICIPATION'; readonly untilWatchMs: number }
  /** These take part and have not ended; at the latest the deadline ends the wait. */
  | { readonly code: 'UNFINISHED'; readonly types: readonly string[]; readonly untilWatchMs: number }
  /** All have ended; it has to stay quiet for the gap. */
  | { readonly code: 'GAP'; readonly untilWatchMs: number };

export type Decision =
  | { readonly kind: 'close'; readonly closedBy: ClosedBy }
  /** Nothing can close the round before `untilWatchMs` but a new fact. */
  | { readonly kind: 'wait'; readonly untilWatchMs: number; readonly for: readonly WaitReason[] };

/**
 * A cancel closes at once. Otherwise QUIET when participation is over, all observed have ended and the gap has passed since the last start
 * or end (or since the opening); else DEADLINE. Which of the two does not depend on when somebody looks: only on recording times.
 */
export function decide(state: RoundState, { participationMs, gapMs, deadlineMs }: Windows, { openedWatchMs, watchMs }: Clock): Decision {
  const { joined, cancel, lastActivityMs = openedWatchMs } = observe(state);
  if (cancel) return { kind: 'close', closedBy: 'CANCELLED' };
  const participationEnds = openedWatchMs + participationMs;
  const deadline = openedWatchMs + Math.max(deadlineMs, participationMs);
  const unfinished = joined.filter(({ outcome }) => outcome === 'RUNNING').map(({ type }) => type);
  const gapEnds = Math.max(openedWatchMs, lastActivityMs) + gapMs;
  const quiet = unfinished.length > 0 ? Infinity : Math.max(participationEnds, gapEnds);
  const due = Math.min(quiet, deadline);
  if (due <= watchMs) return { kind: 'close', closedBy: quiet <= deadline ? 'QUIET' : 'DEADLINE' };
  const reasons: WaitReason[] = [];
  if (participationEnds > watchMs) reasons.push({ code: 'PARTICIPATION', untilWatchMs: participationEnds });
  if (unfinished.length > 0) reasons.push({ code: 'UNFINISHED', types: unfinished, untilWatchMs: deadline });
  else if (gapEnds > watchMs) reasons.push({ code: 'GAP', untilWatchMs: Math.min(gapEnds, deadline) });
  return { kind: 'wait', untilWatchMs: due, for: reasons };
}

/** Missing more heartbeats than this in a row makes a participant unreachable. */
export const heartbeatsMissedMax = 3;

/** Who takes part, is unfinished, and has missed three heartbeats of its own making at `watchMs`; sorted. Who named no heartbeat is never unreachable. */
export function unreachableTypes(state: RoundState, watchMs: number, cutoff = Infinity): string[] {
  return observe(state, cutoff)
    .joined.filter(
      ({ outcome, heartbeatMs, heardWatchMs }) =>
        outcome === 'RUNNING' && heartbeatMs !== undefined && watchMs - heardWatchMs >= heartbeatsMissedMax * heartbeatMs,
    )
    .map(({ type }) => type);
}
