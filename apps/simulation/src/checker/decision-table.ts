/**
 * The decision table once more, written from the specification alone, so that an error of the engine is not an error of its judge.
 * Pure; works on facts as they were told, not on any state of the coordinator.
 */
import { type RowInput, rowMeanings } from '../load/policies';
import { type ToldFact } from './reading';

export interface Policy {
  readonly deadlineMs: number;
  readonly late: 'record' | 'amend';
  readonly rules: readonly { readonly id: string; readonly when: string; readonly status: string }[];
}

export interface Judgement {
  readonly status: string;
  readonly rule: string;
  /** Outcome by type; RUNNING without an end. */
  readonly outcome: ReadonlyMap<string, string>;
}

const successes = ['PASS', 'WARN'];

/** What these facts of one round come to, however often and in whatever order they are given. */
export function decideAnew(facts: readonly ToldFact[], closedBy: string, { rules }: Policy): Judgement {
  const outcome = outcomesOf(facts);
  if (closedBy === 'CANCELLED') return { status: 'CANCELLED', rule: 'CANCELLED', outcome };
  const input: RowInput = { outcome, closedBy };
  const row = rules.find(({ when }) => rowMeanings.get(when)?.(input) === true);
  return row ? { status: row.status, rule: row.id, outcome } : { ...tableRow([...outcome.values()], closedBy), outcome };
}

function tableRow(ends: readonly string[], closedBy: string): { status: string; rule: string } {
  const good = ends.filter((end) => successes.includes(end)).length;
  if (ends.length === 0) return { status: 'FAILED', rule: 'NO_PARTICIPANTS' };
  if (closedBy === 'DEADLINE' && ends.includes('RUNNING')) return { status: 'PARTIAL_SUCCESS', rule: 'DEADLINE_UNFINISHED' };
  if (good === ends.length) return { status: 'SUCCESS', rule: 'ALL_SUCCEEDED' };
  if (good > 0) return { status: 'PARTIAL_SUCCESS', rule: 'SOME_SUCCEEDED' };
  return { status: 'FAILED', rule: 'ALL_FAILED' };
}

/** By type: the highest attempt that anybody told of, and how it ended. */
export function outcomesOf(facts: readonly ToldFact[]): ReadonlyMap<string, string> {
  const claims = onePerId(facts).filter(({ type }) => ['SubTaskStarted', 'SubTaskCompleted', 'SubTaskFailed'].includes(type));
  const byType = Map.groupBy(claims, ({ data }) => String(data['subTaskType']));
  return new Map(
    [...byType].map(([type, told]) => {
      const attempt = Math.max(...told.map(attemptOf));
      const ends = told.filter((fact) => attemptOf(fact) === attempt && fact.type !== 'SubTaskStarted').sort(strongest);
      return [type, ends[0] ? endOf(ends[0]) : 'RUNNING'];
    }),
  );
}

/** Two payloads under one id are one fact: the failure, then the success, then the start, then the decline; then the smallest hash. */
function onePerId(facts: readonly ToldFact[]): readonly ToldFact[] {
  return [...Map.groupBy(facts, ({ id }) => id).values()].flatMap((payloads) => payloads.sort(strongest)[0] ?? []);
}

function strongest(a: ToldFact, b: ToldFact): number {
  const [left, right] = [strengthOf(a), strengthOf(b)];
  if (left !== right) return left - right;
  return a.payloadHash < b.payloadHash ? -1 : 1;
}

function strengthOf({ type }: ToldFact): number {
  return ['SubTaskFailed', 'SubTaskCompleted', 'CancelRequested', 'SubTaskStarted', 'SubTaskDeclined'].indexOf(type);
}

function attemptOf({ data }: ToldFact): number {
  return Number(data['attempt'] ?? 1);
}

function endOf({ type, data }: ToldFact): string {
  const { result, failureKind = 'QUALITY' } = data as { result?: string; failureKind?: string };
  return type === 'SubTaskCompleted' ? String(result) : failureKind;
}
