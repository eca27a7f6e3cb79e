/** Reads a round: of all that was claimed, what counts. Nothing here depends on the order in which facts came. */
import { type TaskStatus } from '@tributary/facts';
import { compare } from './merge';
import { type Claim, type Ending, type Outcome, type Progress, type RoundState } from './state';

/** Somebody who takes part: the highest attempt, and how it ended. */
export interface Joined {
  readonly type: string;
  readonly attempt: number;
  readonly outcome: Outcome;
  /** The claim that decides the outcome: the end, or else the start. */
  readonly by: Claim;
  /** The ids of all ends of this attempt, the deciding one first. */
  readonly endIds: readonly string[];
  readonly heartbeatMs?: number;
  /** Last sign of life of this attempt, in watch time. */
  readonly heardWatchMs: number;
}

export interface Observation {
  /** Sorted by type. */
  readonly joined: readonly Joined[];
  /** Who declined and did not join after all; sorted by type. */
  readonly declined: readonly Claim[];
  readonly cancel?: Claim;
  /** Watch time of the last start or end; undefined when there was none. */
  readonly lastActivityMs?: number;
}

/** What counts of the claims recorded up to `cutoff` (all of them without one). */
export function observe(state: RoundState, cutoff = Infinity): Observation {
  const counting = countingClaims(claimsUpTo(state, cutoff));
  const parts = groupBy(counting.filter(takesPart), ({ type }) => type);
  const joined = [...parts].map(([type, claims]) => joinedOf(type, claims, state.progress[type]));
  const declined = [
    ...groupBy(
      counting.filter(({ says, type }) => says === 'DECLINED' && !parts.has(type)),
      ({ type }) => type,
    ).values(),
  ];
  const cancel = best(counting.filter(({ says }) => says === 'CANCEL'));
  const active = counting.filter(takesPart).map(({ watchMs }) => watchMs);
  return {
    joined: joined.sort((a, b) => compare([a.type], [b.type])),
    declined: declined.flatMap((claims) => best(claims) ?? []).sort((a, b) => compare([a.type], [b.type])),
    ...(cancel ? { cancel } : {}),
    ...(active.length > 0 ? { lastActivityMs: active.reduce((a, b) => Math.max(a, b)) } : {}),
  };
}

/** The types that take part, sorted; without a cutoff also the late ones. */
export function observedTypes(state: RoundState, cutoff = Infinity): string[] {
  return observe(state, cutoff).joined.map(({ type }) => type);
}

/** A task without a verdict: INIT until somebody takes part. */
export function openStatus(state: RoundState): Extract<TaskStatus, 'INIT' | 'RUNNING'> {
  return Object.values(state.claims).some(takesPart) ? 'RUNNING' : 'INIT';
}

export function claimsUpTo(state: RoundState, cutoff: number): Claim[] {
  return Object.values(state.claims).filter(({ sequence }) => sequence <= cutoff);
}

/** An id names one fact: of several payloads under it, only the winner counts. */
export function countingClaims(claims: readonly Claim[]): Claim[] {
  return [...groupBy(claims, ({ id }) => id).values()].flatMap((payloads) => best(payloads) ?? []);
}

/**
 * The winner of a conflict: the failure, then a success, a cancel, a start; a decline last, so that it can never change a verdict. Among equals the
 * smallest payload hash.
 */
export function best(claims: readonly Claim[]): Claim | undefined {
  return claims.reduce<Claim | undefined>((winner, claim) => (winner && beats(winner, claim) <= 0 ? winner : claim), undefined);
}

function beats(a: Claim, b: Claim): number {
  return compare([rank(a), a.payloadHash, a.id], [rank(b), b.payloadHash, b.id]);
}

function rank({ says }: Claim): number {
  if (says === 'DECLINED') return 4;
  if (says === 'STARTED') return 3;
  if (says === 'CANCEL') return 2;
  return succeeded(says) ? 1 : 0;
}

export function succeeded(outcome: Outcome): boolean {
  return outcome === 'PASS' || outcome === 'WARN';
}

export function isEnd(claim: Claim): claim is Claim & { says: Ending } {
  return claim.says !== 'STARTED' && claim.says !== 'DECLINED' && claim.says !== 'CANCEL';
}

export function takesPart(claim: Claim): boolean {
  return claim.says === 'STARTED' || isEnd(claim);
}

function joinedOf(type: string, claims: readonly Claim[], progress: Progress | undefined): Joined {
  const attempt = claims.reduce((highest, claim) => Math.max(highest, claim.attempt), 1);
  const current = claims.filter((claim) => claim.attempt === attempt);
  const ends = current.filter(isEnd).sort(beats);
  const [end] = ends;
  const heartbeats = current.flatMap(({ heartbeatMs }) => heartbeatMs ?? []);
  const heard = [...current.map(({ watchMs }) => watchMs), ...(progress && progress.attempt >= attempt ? [progress.heardWatchMs] : [])];
  return {
    type,
    attempt,
    outcome: end ? end.says : 'RUNNING',
    by: end ?? (best(current) as Claim),
    endIds: ends.map(({ id }) => id),
    ...(heartbeats.length > 0 ? { heartbeatMs: Math.max(...heartbeats) } : {}),
    heardWatchMs: Math.max(...heard),
  };
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
