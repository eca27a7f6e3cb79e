/** Ledgers for tests: facts in the order they were recorded, one every 100 ms of watch time, and the verdict over them. */
import { builtInPolicies, type ClosedBy, type Fact, payloadHash, type PolicySnapshot, sha256Hex } from '@tributary/facts';
import { evolve } from '../evolve';
import { judge, type Verdict } from '../judge';
import { initialRound, type Recorded, type RoundState } from '../state';

export const taskId = 'task-1';
export const policyDefault: PolicySnapshot = builtInPolicies['default'] as PolicySnapshot;

export interface Said {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly id?: string;
  readonly source?: string;
}

/** A UUID for a name. */
export function id(name: string): string {
  const hex = sha256Hex(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const part = { round: 1, attempt: 1 };
export const started = (subTaskType: string, data: object = {}): Said => ({
  type: 'SubTaskStarted',
  id: id(`${subTaskType} started`),
  data: { ...part, subTaskType, ...data },
});
export const completed = (subTaskType: string, result: 'PASS' | 'WARN' = 'PASS', data: object = {}): Said => ({
  type: 'SubTaskCompleted',
  id: id(`${subTaskType} ${result}`),
  data: { ...part, subTaskType, result, counts: { blocker: 0, error: 0, warning: result === 'WARN' ? 2 : 0, info: 1 }, ...data },
});
export const failed = (subTaskType: string, failureKind: 'QUALITY' | 'TRANSIENT' | 'UNRECOVERABLE' = 'QUALITY', data: object = {}): Said => ({
  type: 'SubTaskFailed',
  id: id(`${subTaskType} ${failureKind}`),
  data: {
    ...part,
    subTaskType,
    failureKind,
    reason: 'lint error',
    ...(failureKind === 'QUALITY' ? { counts: { blocker: 0, error: 3, warning: 0, info: 0 } } : {}),
    ...data,
  },
});
export const declined = (subTaskType: string, reasonCode = 'NOTHING_TO_SCAN'): Said => ({
  type: 'SubTaskDeclined',
  id: id(`${subTaskType} declined ${reasonCode}`),
  data: { round: 1, subTaskType, reasonCode },
});
export const progressed = (subTaskType: string, done: number, data: object = {}): Said => ({
  type: 'SubTaskProgressed',
  id: id(`${subTaskType} progressed ${String(done)}`),
  data: { ...part, subTaskType, done, total: 10, unit: 'files', ...data },
});

export function factOf({ type, data, id: given, source = '/tributary/worker' }: Said): Fact {
  const said = { taskId, ...data };
  return {
    specversion: '1.0',
    id: given ?? id(JSON.stringify([type, data])),
    type,
    source,
    subject: taskId,
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: `/schemas/${type}/1`,
    tenant: 'default',
    data: said,
  };
}

export function ledger(facts: readonly Said[]): Recorded[] {
  return facts.map((said, n) => recorded(said, n + 1));
}

export function recorded(said: Said, sequence: number, watchMs = sequence * 100): Recorded {
  const fact = factOf(said);
  return { fact, payloadHash: payloadHash(fact), sequence, watchMs };
}

export function fold(facts: readonly Recorded[], state: RoundState = initialRound(1)): RoundState {
  return facts.reduce(evolve, state);
}

export interface Closed {
  readonly closedBy?: ClosedBy;
  readonly policy?: PolicySnapshot;
  readonly cutoff?: number;
  readonly knownTypes?: readonly string[];
  readonly unreachable?: readonly string[];
}

/** The close has the id `id('closed')`. */
export function verdictOf(facts: readonly Recorded[], closed: Closed = {}): Verdict {
  return judgeState(fold(facts), facts, closed);
}

export function judgeState(
  state: RoundState,
  facts: readonly Recorded[],
  { closedBy = 'QUIET', policy = policyDefault, cutoff = facts.length, knownTypes = [], unreachable = [] }: Closed = {},
): Verdict {
  const closing = {
    closedBy,
    cutoff,
    knownTypes,
    unreachable,
    openedAt: '2026-01-01T00:00:00.000Z',
    closedAt: '2026-01-01T00:00:12.000Z',
    pausedMs: 0,
    windowClosedId: id('closed'),
  };
  const included = facts.filter(({ sequence }) => sequence <= cutoff).map(({ fact, payloadHash: hash }) => ({ id: fact.id, payloadHash: hash }));
  return judge({ tenant: 'default', taskId, revision: 1, state, policy, closing, included });
}
