/** The decision table: total and ordered; the first row that holds decides. */
import { type ClosedBy, type FinalStatus, type PolicyRow, severities } from '@tributary/facts';
import { evaluate, variablesOf } from './expression';
import { type Joined, succeeded } from './observe';
import { noCounts } from './participants';
import { type RowScope } from './row-scope';

export const tableRules = ['CANCELLED', 'NO_PARTICIPANTS', 'DEADLINE_UNFINISHED', 'ALL_SUCCEEDED', 'SOME_SUCCEEDED', 'ALL_FAILED'] as const;
export type TableRule = (typeof tableRules)[number];

export interface SkippedRow {
  readonly id: string;
  /** The evaluator's code, upper case: NO_SUCH_KEY, ... */
  readonly code: string;
}

export interface Ruling {
  readonly status: FinalStatus;
  /** A table rule, or the id of a policy row. */
  readonly ruleId: string;
  /** The policy row that fired. */
  readonly row?: PolicyRow;
  /** Rows before the one that fired whose expression failed at run time. */
  readonly skipped: readonly SkippedRow[];
}

/** What a round's participants and its closing come to. Reads nothing about who declined, is silent, or how far anybody is. */
export function rule(joined: readonly Pick<Joined, 'type' | 'outcome' | 'by'>[], closedBy: ClosedBy, rows: readonly PolicyRow[]): Ruling {
  if (closedBy === 'CANCELLED') return { status: 'CANCELLED', ruleId: 'CANCELLED', skipped: [] };
  const scope = scopeOf(joined, closedBy);
  const skipped: SkippedRow[] = [];
  for (const row of rows) {
    const answer = evaluate(row.when, scope);
    if (answer.kind === 'error') skipped.push({ id: row.id, code: answer.code });
    else if (answer.value) return { status: row.status, ruleId: row.id, row, skipped };
  }
  return { ...tableRuling(scope), skipped };
}

/** Rows 1 to 5 of the table. */
function tableRuling({ observed, unfinished, succeeded: good, closedBy }: RowScope): { status: FinalStatus; ruleId: TableRule } {
  if (observed === 0) return { status: 'FAILED', ruleId: 'NO_PARTICIPANTS' };
  if (closedBy === 'DEADLINE' && unfinished > 0) return { status: 'PARTIAL_SUCCESS', ruleId: 'DEADLINE_UNFINISHED' };
  if (good === observed) return { status: 'SUCCESS', ruleId: 'ALL_SUCCEEDED' };
  if (good > 0) return { status: 'PARTIAL_SUCCESS', ruleId: 'SOME_SUCCEEDED' };
  return { status: 'FAILED', ruleId: 'ALL_FAILED' };
}

export function scopeOf(joined: readonly Pick<Joined, 'type' | 'outcome' | 'by'>[], closedBy: ClosedBy): RowScope {
  const good = joined.filter(({ outcome }) => succeeded(outcome)).length;
  const unfinished = joined.filter(({ outcome }) => outcome === 'RUNNING').length;
  const counts = new Map(joined.map(({ type, by }) => [type, by.counts ?? noCounts]));
  const total = { ...noCounts };
  for (const some of counts.values()) for (const severity of severities) total[severity] += some[severity];
  return {
    types: joined.map(({ type }) => type),
    outcome: new Map(joined.map(({ type, outcome }) => [type, outcome])),
    counts,
    total,
    observed: joined.length,
    succeeded: good,
    failed: joined.length - good - unfinished,
    unfinished,
    closedBy,
  };
}

/** The values a ruling rests on: for a policy row the variables that it reads, for a table row the numbers and the types behind them. JSON. */
export function valuesOf({ row, skipped }: Ruling, joined: readonly Joined[], closedBy: ClosedBy): Record<string, unknown> {
  const scope = scopeOf(joined, closedBy);
  const typesWhere = (holds: (joined: Joined) => boolean): string[] => joined.filter(holds).map(({ type }) => type);
  const shown: Record<string, unknown> = row
    ? Object.fromEntries(variablesOf(row.when).map((name) => [name, plain(scope[name])]))
    : {
        closedBy,
        observed: scope.observed,
        succeeded: scope.succeeded,
        failed: scope.failed,
        unfinished: scope.unfinished,
        succeededTypes: typesWhere(({ outcome }) => succeeded(outcome)),
        failedTypes: typesWhere(({ outcome }) => !succeeded(outcome) && outcome !== 'RUNNING'),
        unfinishedTypes: typesWhere(({ outcome }) => outcome === 'RUNNING'),
      };
  return skipped.length > 0 ? { ...shown, skipped } : shown;
}

function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value;
}
