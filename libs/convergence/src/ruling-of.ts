/** The ruling over a state: what `judge`, the witness and the counterfactuals all go through. */
import { type ClosedBy, limits, type PolicyRow } from '@tributary/facts';
import { runCost } from './expression';
import { observe } from './observe';
import { type RoundState } from './state';
import { rule, type Ruling } from './table';

export function rulingOf(state: RoundState, closedBy: ClosedBy, rows: readonly PolicyRow[], cutoff = Infinity): Ruling {
  return rule(observe(state, cutoff).joined, closedBy, rows);
}

export function sameRuling(a: Pick<Ruling, 'status' | 'ruleId'>, b: Pick<Ruling, 'status' | 'ruleId'>): boolean {
  return a.status === b.status && a.ruleId === b.ruleId;
}

/** The state as it was recorded up to `cutoff`. */
export function stateAsOf(state: RoundState, cutoff: number): RoundState {
  return { ...state, claims: Object.fromEntries(Object.entries(state.claims).filter(([, { sequence }]) => sequence <= cutoff)) };
}

/** Units of work (see `costMax`) that the search for a witness, or for counterfactuals, may spend: well under a second. Fixed, so that the result is the same everywhere. */
export const searchWorkMax = 8_000_000;

/** What one ruling over so many participants costs at most, in the same units. */
export function rulingWork(rows: readonly PolicyRow[], observed: number): number {
  const perRow = rows.reduce((sum, { when }) => sum + runCost(when), 0);
  return 10 + 10 * observed + Math.ceil(perRow * Math.min(1, (observed + 1) / limits.typesMax)) + 10 * rows.length;
}
