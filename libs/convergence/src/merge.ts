/** The join of two states of one round: commutative, associative, idempotent. */
import { type Claim, type Progress, type RoundState } from './state';

/** What either has heard. States of different rounds do not join: the first is returned as it is. */
export function merge(a: RoundState, b: RoundState): RoundState {
  if (a.round !== b.round) return a;
  const cutoffs = [a.cutoff, b.cutoff].filter((cutoff) => cutoff !== undefined);
  return {
    round: a.round,
    claims: union(a.claims, b.claims, joinClaims),
    progress: union(a.progress, b.progress, joinProgress),
    ...(cutoffs.length > 0 ? { cutoff: Math.max(...cutoffs) } : {}),
  };
}

/** One claim recorded twice: the earlier recording is the one that counts. Total order, so that neither side depends on who came first. */
export function joinClaims(a: Claim, b: Claim): Claim {
  return compare([a.sequence, a.watchMs, a.source], [b.sequence, b.watchMs, b.source]) <= 0 ? a : b;
}

/** The furthest of the highest attempt, and the last time that this attempt was heard of. */
export function joinProgress(a: Progress, b: Progress): Progress {
  if (a.attempt !== b.attempt) return a.attempt > b.attempt ? a : b;
  const furthest = compare([a.done, a.total, a.unit], [b.done, b.total, b.unit]) >= 0 ? a : b;
  return { ...furthest, heardWatchMs: Math.max(a.heardWatchMs, b.heardWatchMs) };
}

function union<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, join: (a: T, b: T) => T): Record<string, T> {
  const both: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = both[key];
    both[key] = known === undefined ? value : join(known, value);
  }
  return both;
}

type Key = readonly (number | string)[];

/** Lexicographic; texts by code unit, never by locale. */
export function compare(a: Key, b: Key): number {
  for (const [n, left] of a.entries()) {
    const right = b[n];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
