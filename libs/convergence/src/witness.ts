/**
 * The witness of a verdict: fact ids that force the row, none of which can go.
 *
 * A set forces the row when replaying it alone gives row and status, and still does whatever the others of the round may have said: that all
 * of them passed, or that all of them failed. So one success cannot stand for "everything succeeded", and two facts are enough for "some did".
 * `WindowClosed` is a fact like the others: without it nothing is known of a deadline or a cancel, and an empty ledger gives no verdict.
 */
import { type ClosedBy, type PolicyRow } from '@tributary/facts';
import { type Joined, observe } from './observe';
import { type RoundState } from './state';
import { rule, type Ruling } from './table';
import { rulingWork, sameRuling, searchWorkMax } from './ruling-of';

export interface WitnessInput {
  /** As of the cutoff. */
  readonly state: RoundState;
  readonly rows: readonly PolicyRow[];
  readonly closedBy: ClosedBy;
  readonly windowClosedId: string;
}

/** Sorted; 1-minimal, unless a policy is so costly that the search is cut short (then it forces the row, and could be smaller). */
export function witnessOf(input: WitnessInput, ruling: Ruling): string[] {
  const replay = replayer(input);
  let kept = candidates(input);
  const work = 3 * rulingWork(input.rows, kept.length);
  let left = searchWorkMax;
  const forces = (ids: readonly string[]): boolean => (left -= work) >= 0 && replay(ids).every((given) => given !== undefined && sameRuling(given, ruling));
  for (let size = Math.max(1, kept.length >> 1); size >= 1; size = size === 1 ? 0 : size >> 1) kept = withoutChunks(kept, size, forces);
  for (let before = Infinity; kept.length < before;) {
    before = kept.length;
    kept = withoutChunks(kept, 1, forces);
  }
  return [...kept].sort();
}

/**
 * The rulings that a set of fact ids gives: alone; when every other participant has passed; when every other participant has failed. Undefined
 * where there is none. Law 5 is tested with this very function against replays through `evolve`.
 */
export function replayer({ state, rows, closedBy, windowClosedId }: WitnessInput): (ids: readonly string[]) => (Ruling | undefined)[] {
  const { joined, cancel } = observe(state);
  return (ids) => {
    const told = new Set(ids);
    if (told.size === 0) return [undefined];
    const closing = told.has(windowClosedId) ? closedBy : closedBy === 'CANCELLED' && cancel && told.has(cancel.id) ? 'CANCELLED' : 'QUIET';
    const known = joined.filter(({ by }) => told.has(by.id));
    if (known.length === 0 && !told.has(windowClosedId) && closing !== 'CANCELLED') return [undefined];
    const worlds = known.length === joined.length ? [known] : [known, othersSay('PASS', joined, told), othersSay('QUALITY', joined, told)];
    return worlds.map((world) => rule(world, closing, rows));
  };
}

function othersSay(outcome: 'PASS' | 'QUALITY', joined: readonly Joined[], told: ReadonlySet<string>): Joined[] {
  const counts = { blocker: 0, error: outcome === 'QUALITY' ? 1 : 0, warning: 0, info: 0 };
  return joined.map((each) => (told.has(each.by.id) ? each : { ...each, outcome, by: { ...each.by, counts } }));
}

/** Every deciding fact; the close last, so that it goes when the others suffice. */
function candidates({ state, closedBy, windowClosedId }: WitnessInput): string[] {
  const { joined, cancel } = observe(state);
  if (closedBy === 'CANCELLED') return [cancel?.id ?? windowClosedId];
  return [...new Set([...joined.map(({ by }) => by.id), windowClosedId])];
}

function withoutChunks(ids: readonly string[], size: number, forces: (ids: readonly string[]) => boolean): string[] {
  let kept = [...ids];
  for (let at = 0; at < kept.length;) {
    const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
    if (forces(rest)) kept = rest;
    else at += size;
  }
  return kept;
}
