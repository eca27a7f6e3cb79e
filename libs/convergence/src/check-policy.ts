/** May these rows decide about packages? Refuses what does not type-check or could cost too much; warns of rows that cannot be reached. */
import { limits, type PolicyRow } from '@tributary/facts';
import { check, runCost } from './expression';
import { type ExpressionFault } from './expression-fault';
import { policyCostMax } from './expression-bounds';
import { faultMessage } from './policy-fault-messages';
import { tableRules } from './table';
import { unreachedRows } from './reachability';

export interface PolicyFault {
  /** RFC 6901, from the policy document: `/rules/0/when`. */
  readonly pointer: string;
  /** UPPER_SNAKE, stable. */
  readonly code: string;
  readonly message: { readonly en: string; readonly zh: string };
  /** Position in the expression, both from 1. */
  readonly line?: number;
  readonly column?: number;
}

export interface CheckedPolicy {
  /** One of these, and the policy is refused. */
  readonly errors: readonly PolicyFault[];
  readonly warnings: readonly PolicyFault[];
}

/** Every fault of every row. Reachability is checked only where all rows are valid. */
export function checkPolicy(rows: readonly PolicyRow[]): CheckedPolicy {
  const errors = [...rows.flatMap(rowFaults), ...wholeFaults(rows)];
  const warnings = errors.length > 0 ? [] : unreachedRows(rows).map(({ index, code, by }) => fault(`/rules/${String(index)}/when`, code, by ?? ''));
  return { errors, warnings };
}

/** The faults of the expressions in a document that is no policy yet; `[]` where it has none. Whoever wrote it learns all of its faults at once. */
export function expressionFaultsIn(document: unknown): readonly PolicyFault[] {
  const rows: unknown = isRecord(document) ? document['rules'] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.slice(0, limits.policyRowsMax).flatMap((row: unknown, index) => {
    const when = isRecord(row) ? row['when'] : undefined;
    return typeof when === 'string' && when !== '' && when.length <= limits.expressionLengthMax ? whenFaults(when, `/rules/${String(index)}/when`) : [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function whenFaults(when: string, pointer: string): PolicyFault[] {
  const checked = check(when);
  return checked.kind === 'invalid' ? checked.faults.map((each) => expressionFault(pointer, when, each)) : [];
}

function rowFaults({ id, when }: PolicyRow, index: number, rows: readonly PolicyRow[]): PolicyFault[] {
  const row = `/rules/${String(index)}`;
  return [
    ...(tableRules.some((known) => known === id) ? [fault(`${row}/id`, 'ROW_ID_RESERVED', id)] : []),
    ...(rows.findIndex((other) => other.id === id) < index ? [fault(`${row}/id`, 'ROW_ID_REPEATED', id)] : []),
    ...whenFaults(when, `${row}/when`),
  ];
}

function wholeFaults(rows: readonly PolicyRow[]): PolicyFault[] {
  const cost = rows.reduce((sum, { when }) => sum + runCost(when), 0);
  return [
    ...(rows.length > limits.policyRowsMax ? [fault('/rules', 'TOO_MANY_ROWS', String(limits.policyRowsMax))] : []),
    ...(cost > policyCostMax ? [fault('/rules', 'POLICY_TOO_COSTLY', `${String(Math.ceil(cost))} > ${String(policyCostMax)}`)] : []),
  ];
}

function expressionFault(pointer: string, when: string, { code, summary, offset }: ExpressionFault): PolicyFault {
  if (offset === undefined) return fault(pointer, code, summary);
  const before = when.slice(0, offset).split('\n');
  return { ...fault(pointer, code, summary), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function fault(pointer: string, code: string, detail: string): PolicyFault {
  return { pointer, code, message: faultMessage(code, detail) };
}
