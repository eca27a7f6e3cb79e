/** What a round has heard so far: a grow-only set of claims, so that any order, duplication and batching of the facts give the same state. */
import { type Counts, type Fact, type FailureKind, type ReportRef } from '@tributary/facts';

/** A fact as the ledger recorded it. */
export interface Recorded {
  readonly fact: Fact;
  readonly payloadHash: string;
  /** Its number in the task's ledger, from 1; nothing but "before or after the close" is read from it. */
  readonly sequence: number;
  /** The shard's watch time when it was first recorded: ms, monotonic; the only time that decisions read. */
  readonly watchMs: number;
}

export type Ending = 'PASS' | 'WARN' | FailureKind;
/** How far somebody who takes part has come. */
export type Outcome = 'RUNNING' | Ending;

/** What one fact says, reduced to what a verdict or its explanation can need. */
export interface Claim {
  readonly id: string;
  readonly payloadHash: string;
  readonly says: 'STARTED' | 'DECLINED' | 'CANCEL' | Ending;
  /** The sub-task type; empty for a cancel, which is about the whole round. */
  readonly type: string;
  readonly attempt: number;
  readonly source: string;
  readonly sequence: number;
  readonly watchMs: number;
  readonly heartbeatMs?: number;
  readonly manifest?: { readonly format: number; readonly sha256: string };
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly counts?: Counts;
  readonly report?: ReportRef;
}

/** The furthest progress that a type has told, and when it was last heard. Shown only; `heardWatchMs` feeds `unreachableTypes`, which decides nothing either. */
export interface Progress {
  readonly attempt: number;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly heardWatchMs: number;
}

/**
 * JSON-serialisable state of one round. `evolve` and `merge` are its only makers; both are joins. Claims are kept whole, also those recorded
 * after the close: who reads the state as of a close passes the cutoff, and sees the claims with `sequence <= cutoff` alone.
 */
export interface RoundState {
  readonly round: number;
  /** By `<fact id>:<payload hash>`. */
  readonly claims: Readonly<Record<string, Claim>>;
  /** By sub-task type. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** The cutoff of the newest verdict, once the window is closed (see `closeAt`). */
  readonly cutoff?: number;
}

export function initialRound(round: number): RoundState {
  return { round, claims: {}, progress: {} };
}

/**
 * The round is closed: what was recorded up to `cutoff` was judged, the rest is late. Late claims are still folded (they show as kind `late`),
 * late progress no longer is. A later cutoff (an amended verdict) replaces an earlier one, never the other way round.
 */
export function closeAt(state: RoundState, cutoff: number): RoundState {
  return { ...state, cutoff: Math.max(cutoff, state.cutoff ?? cutoff) };
}

export function claimKey({ id, payloadHash }: Pick<Claim, 'id' | 'payloadHash'>): string {
  return `${id}:${payloadHash}`;
}
