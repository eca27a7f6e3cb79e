/** A lane for everybody who has said something or was expected to, in the order in which they came forward. Pure. */
import { type Participant, type ToldFact } from '@tributary/http-api';
import { isLate, numberOf, type PlacedFact, roundOf, textOf, timeOf } from './told';

export interface Mark {
  /** ms since 1970. */
  readonly at: number;
  readonly fact: ToldFact;
}

export interface Lane {
  readonly type: string;
  /** `awaited`: usually takes part, and has said nothing while the window is open. */
  readonly kind: Participant['kind'] | 'awaited';
  /** The state to show: the outcome of whoever joined, else the kind. */
  readonly state: string;
  readonly attempt?: number;
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly counts?: Participant['counts'];
  readonly progress?: { readonly done: number; readonly total: number; readonly unit: string };
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly marks: readonly Mark[];
}

const ends = new Set(['SubTaskCompleted', 'SubTaskFailed']);

/** `participants`: as the task tells them; empty for rounds that it does not tell of any more, and for types that it will tell of in a moment. */
export function lanesOf(facts: readonly PlacedFact[], participants: readonly Participant[], round: number): readonly Lane[] {
  const mine = facts.filter(({ fact }) => fact.type.startsWith('SubTask') && roundOf(fact) === round).map(({ fact }) => fact);
  const byType = Map.groupBy(mine, (fact) => textOf(fact, 'subTaskType') ?? '');
  const known = new Map(participants.map((participant) => [participant.type, participant]));
  const types = [...new Set([...byType.keys(), ...known.keys()])].filter((type) => type !== '');
  return types.map((type) => laneOf(type, byType.get(type) ?? [], known.get(type)));
}

function laneOf(type: string, facts: readonly ToldFact[], participant: Participant | undefined): Lane {
  const marks = facts.map((fact): Mark => ({ at: timeOf(fact), fact }));
  const started = marks.find(({ fact }) => fact.type === 'SubTaskStarted');
  const end = marks.findLast(({ fact }) => ends.has(fact.type));
  const told = participant ?? guessed(type, facts);
  const { kind, outcome, attempt, reasonCode, reason, counts } = told;
  const isJoined = kind === 'joined' || kind === 'late';
  const progress = told.progress ?? progressOf(facts);
  return {
    ...{ type, kind, marks, state: kind === 'joined' ? (outcome ?? 'RUNNING') : kind },
    ...(attempt !== undefined && { attempt }),
    ...(reasonCode !== undefined && { reasonCode }),
    ...(reason !== undefined && { reason }),
    ...(counts && { counts }),
    ...(progress && !end && { progress }),
    ...(isJoined || kind === 'unreachable' ? { ...(started && { startedAt: started.at }), ...(end && { endedAt: end.at }) } : {}),
  };
}

/** From the facts alone: the task has not told of it yet, or not any more. */
function guessed(type: string, facts: readonly ToldFact[]): Participant {
  const last = facts.findLast((fact) => fact.type !== 'SubTaskProgressed' && fact.type !== 'SubTaskDeclined');
  if (!last) {
    const declined = facts.find((fact) => fact.type === 'SubTaskDeclined');
    const [reasonCode, reason] = [declined && textOf(declined, 'reasonCode'), declined && textOf(declined, 'detail')];
    return { type, kind: declined ? 'declined' : 'joined', ...(reasonCode !== undefined && { reasonCode }), ...(reason !== undefined && { reason }) };
  }
  const said = textOf(last, 'result') ?? textOf(last, 'failureKind') ?? (last.type === 'SubTaskFailed' ? 'QUALITY' : 'RUNNING');
  const reason = textOf(last, 'reason');
  return {
    type,
    kind: facts.every(isLate) ? 'late' : 'joined',
    outcome: outcomes.find((known) => known === said) ?? 'RUNNING',
    ...(reason !== undefined && { reason }),
  };
}

const outcomes = ['RUNNING', 'PASS', 'WARN', 'QUALITY', 'TRANSIENT', 'UNRECOVERABLE'] as const;

function progressOf(facts: readonly ToldFact[]): Lane['progress'] {
  const last = facts.findLast(({ type }) => type === 'SubTaskProgressed');
  const [done, total] = [last && numberOf(last, 'done'), last && numberOf(last, 'total')];
  return last && done !== undefined && total !== undefined ? { done, total, unit: textOf(last, 'unit') ?? '' } : undefined;
}
