/** With these facts at these times, what happens? For a window simulator: the same core that the coordinator runs, on a clock made of numbers. */
import { type Fact, payloadHash, type PolicySnapshot } from '@tributary/facts';
import { decide, type Decision, unreachableTypes } from './decide';
import { evolve } from './evolve';
import { judge, type Verdict } from './judge';
import { closeAt, initialRound, type Recorded, type RoundState } from './state';

export interface SimulationInput {
  /** `atMs`: when the fact is recorded, ms after the window opened; in any order. */
  readonly facts: readonly { readonly fact: Fact; readonly atMs: number }[];
  readonly policy: PolicySnapshot;
  readonly round?: number;
  readonly knownTypes?: readonly string[];
  /** RFC 3339; when the window opened, for the explanation. */
  readonly openedAt?: string;
}

export interface Simulation {
  /** ms after the opening. */
  readonly closedAtMs: number;
  readonly verdict: Verdict;
  /** The round with everything folded, closed at its cutoff: `participantsOf` shows who was late. */
  readonly state: RoundState;
  readonly lateFactIds: readonly string[];
}

/** Always ends: at the deadline at the latest. What is recorded at the very instant of the close is still judged. */
export function simulateWindow({ facts, policy, round = 1, knownTypes = [], openedAt = '1970-01-01T00:00:00.000Z' }: SimulationInput): Simulation {
  const recorded = [...facts]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ fact, atMs }, n): Recorded => ({ fact, payloadHash: payloadHash(fact), sequence: n + 1, watchMs: atMs }));
  let state = initialRound(round);
  let cutoff = 0;
  for (const next of recorded) {
    if (dueMs(state, policy) < next.watchMs) break;
    state = evolve(state, next);
    cutoff = next.sequence;
  }
  const closedAtMs = dueMs(state, policy);
  const decision = decideAt(state, policy, closedAtMs);
  const closing = {
    closedBy: decision.kind === 'close' ? decision.closedBy : ('DEADLINE' as const),
    cutoff,
    knownTypes,
    unreachable: unreachableTypes(state, closedAtMs),
    openedAt,
    closedAt: new Date(Date.parse(openedAt) + closedAtMs).toISOString(),
    pausedMs: 0,
    windowClosedId: 'simulated-close',
  };
  const inTime = recorded.filter(({ sequence }) => sequence <= cutoff);
  const included = inTime.map(({ fact, payloadHash: hash }) => ({ id: fact.id, payloadHash: hash }));
  const verdict = judge({ tenant: 'default', taskId: recorded[0]?.fact.subject ?? 'simulated', revision: 1, state, policy, closing, included });
  const late = recorded.slice(inTime.length);
  return { closedAtMs, verdict, state: late.reduce(evolve, closeAt(state, cutoff)), lateFactIds: late.map(({ fact }) => fact.id) };
}

function decideAt(state: RoundState, policy: PolicySnapshot, watchMs: number): Decision {
  return decide(state, policy, { openedWatchMs: 0, watchMs });
}

/** When the round closes if nothing more comes; a cancel closes when it is recorded. */
function dueMs(state: RoundState, policy: PolicySnapshot): number {
  const cancel = Object.values(state.claims).find(({ says }) => says === 'CANCEL');
  if (cancel) return cancel.watchMs;
  const decision = decideAt(state, policy, -1);
  return decision.kind === 'wait' ? decision.untilWatchMs : 0;
}
