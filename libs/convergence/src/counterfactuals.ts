/** What would have had to be different: changes of the ledger, each executed before it is stated. */
import { canonicalJson, type ClosedBy, type FinalStatus, type PolicyRow, sha256Hex } from '@tributary/facts';
import { typesNamedBy } from './types-named-by';
import { type Becoming, type Change, type Counterfactual, type FactChange, type FactReference } from './explanation';
import { type Joined, observe, succeeded } from './observe';
import { rulingOf, rulingWork, searchWorkMax } from './ruling-of';
import { type Claim, claimKey, type RoundState } from './state';
import { noCounts } from './participants';

export interface CounterfactualInput {
  /** As of the cutoff. */
  readonly state: RoundState;
  readonly rows: readonly PolicyRow[];
  readonly closedBy: ClosedBy;
  readonly status: FinalStatus;
  /** Types that might have taken part. */
  readonly absentTypes: readonly string[];
}

/** How many are stated, and how many single participants are tried on each side. */
const statedMax = 8;
const singlesMax = 16;

/** In a fixed order: changes of one participant before changes of several, better ends before worse ones. */
export function counterfactualsOf(input: CounterfactualInput): Counterfactual[] {
  const stated: Counterfactual[] = [];
  const several: Counterfactual[] = [];
  const tries = Math.floor(searchWorkMax / rulingWork(input.rows, Object.keys(input.state.claims).length));
  for (const { change, all } of candidates(input).slice(0, Math.max(1, tries))) {
    const wouldBe = executed(input.state, change, input.closedBy, input.rows);
    if (wouldBe === input.status) continue;
    (all ? several : stated).push({ change, wouldBe });
  }
  return [...several, ...stated].slice(0, statedMax).sort((a, b) => (a.change.and?.length ?? 0) - (b.change.and?.length ?? 0));
}

/** The status that the changed ledger gives, under the same policy. Without its cancel, the window would have closed on what it knew. */
export function executed(state: RoundState, change: Change, closedBy: ClosedBy, rows: readonly PolicyRow[]): FinalStatus {
  const changed = withChange(state, change);
  const unfinished = observe(changed).joined.some(({ outcome }) => outcome === 'RUNNING');
  const closing = closedBy !== 'CANCELLED' ? closedBy : observe(changed).cancel ? 'CANCELLED' : unfinished ? 'DEADLINE' : 'QUIET';
  return rulingOf(changed, closing, rows).status;
}

/** Executes a change: every payload under the facts' ids goes, what they become takes their place. In one pass: a change of a whole side is as long as the ledger. */
export function withChange(state: RoundState, { and = [], ...first }: Change): RoundState {
  const changes = [first, ...and];
  const gone = new Set(changes.map(({ fact }) => fact?.id));
  const kept = Object.entries(state.claims).filter(([, { id }]) => !gone.has(id));
  // Two changes of one fact: the later one stands.
  const told = new Map(changes.map((change, n) => [change.fact?.id ?? n, change]));
  const becoming = [...told.values()].flatMap(({ fact, becomes }) => (becomes ? [claimOf(becomes, fact)] : []));
  return { ...state, claims: Object.fromEntries([...kept, ...becoming.map((claim) => [claimKey(claim), claim] as const)]) };
}

function claimOf(becomes: Becoming, fact: FactReference | null): Claim {
  const payloadHash = sha256Hex(canonicalJson(becomes));
  const passed = becomes.type === 'SubTaskCompleted';
  return {
    id: fact?.id ?? payloadHash,
    payloadHash,
    says: passed ? becomes.result : becomes.failureKind,
    type: becomes.subTaskType,
    attempt: becomes.attempt,
    source: '/tributary/counterfactual',
    sequence: 0,
    watchMs: 0,
    counts: passed ? noCounts : { ...noCounts, error: 1 },
  };
}

interface Candidate {
  readonly change: Change;
  /** Of a whole side, or of the only one on it. */
  readonly all?: boolean;
}

function candidates({ state, rows, closedBy, absentTypes }: CounterfactualInput): Candidate[] {
  const { joined, cancel } = observe(state);
  if (closedBy === 'CANCELLED') {
    return cancel ? [{ change: { fact: { id: cancel.id, type: 'CancelRequested' }, becomes: null }, all: true }] : [];
  }
  const good = joined.filter(({ outcome }) => succeeded(outcome));
  const bad = joined.filter(({ outcome }) => !succeeded(outcome));
  const absent = [...new Set([...typesNamedBy(rows), ...absentTypes])].filter((type) => !joined.some((each) => each.type === type)).slice(0, singlesMax);
  return [...sides(bad, passed), ...sides(good, failed), ...appearances(absent.length > 0 || joined.length > 0 ? absent : ['ANY'])];
}

function sides(some: readonly Joined[], becomes: (joined: Joined) => Becoming): Candidate[] {
  const whole = some.flatMap((joined) => changesOf(joined, becomes(joined)));
  const singles = some.slice(0, singlesMax).map((joined): Candidate => ({ change: asOne(changesOf(joined, becomes(joined))), all: some.length === 1 }));
  return some.length > 1 ? [{ change: asOne(whole), all: true }, ...singles] : singles;
}

/** All ends of the attempt change together: the loser of a conflict must not step in for the winner. */
function changesOf({ type, attempt, by, endIds, outcome }: Joined, becomes: Becoming): FactChange[] {
  const factType = outcome === 'RUNNING' ? 'SubTaskStarted' : succeeded(outcome) ? 'SubTaskCompleted' : 'SubTaskFailed';
  const ids = endIds.length > 0 ? endIds : [by.id];
  return ids.map((id, n) => ({ fact: { id, type: factType, subTaskType: type, attempt }, becomes: n === 0 ? becomes : null }));
}

function appearances(types: readonly string[]): Candidate[] {
  return types.flatMap((subTaskType): Candidate[] => [
    { change: { fact: null, becomes: { type: 'SubTaskCompleted', subTaskType, attempt: 1, result: 'PASS' } } },
    { change: { fact: null, becomes: { type: 'SubTaskFailed', subTaskType, attempt: 1, failureKind: 'QUALITY' } } },
  ]);
}

function passed({ type, attempt }: Joined): Becoming {
  return { type: 'SubTaskCompleted', subTaskType: type, attempt, result: 'PASS' };
}

function failed({ type, attempt }: Joined): Becoming {
  return { type: 'SubTaskFailed', subTaskType: type, attempt, failureKind: 'QUALITY' };
}

function asOne([first, ...and]: readonly FactChange[]): Change {
  return { fact: first?.fact ?? null, becomes: first?.becomes ?? null, ...(and.length > 0 ? { and } : {}) };
}
