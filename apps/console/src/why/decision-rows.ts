/** The decision table as the verdict went through it: what was looked at first, what held, what was not reached any more. Pure. */
import { type ToldFact } from '@tributary/http-api';

export interface DecisionRow {
  readonly id: string;
  /** The condition of a row of the policy; rows of the table have words. */
  readonly when?: string;
  /** The status that it gives. */
  readonly gives: string;
  readonly fate: 'passed over' | 'decided' | 'not reached';
}

/** libs/convergence judges in this order, the rows of the policy behind the cancel. */
const tableRows = [
  { id: 'NO_PARTICIPANTS', gives: 'FAILED' },
  { id: 'DEADLINE_UNFINISHED', gives: 'PARTIAL_SUCCESS' },
  { id: 'ALL_SUCCEEDED', gives: 'SUCCESS' },
  { id: 'SOME_SUCCEEDED', gives: 'PARTIAL_SUCCESS' },
  { id: 'ALL_FAILED', gives: 'FAILED' },
] as const;

/** `decidedBy`: the id of the rule that fired. */
export function decisionRows(decidedBy: string, policyRows: readonly PolicyRow[]): readonly DecisionRow[] {
  const rows = [{ id: 'CANCELLED', gives: 'CANCELLED' }, ...policyRows.map(({ id, when, status }) => ({ id, when, gives: status })), ...tableRows];
  const decided = rows.findIndex(({ id }) => id === decidedBy);
  return rows.map((row, index) => ({ ...row, fate: index === decided ? 'decided' : index < decided ? 'passed over' : 'not reached' }));
}

export interface PolicyRow {
  readonly id: string;
  readonly when: string;
  readonly status: string;
}

/** The rows that were frozen into the task at its upload. */
export function policyRowsIn(facts: readonly ToldFact[]): readonly PolicyRow[] {
  const policy = facts.find(({ type }) => type === 'ZipUploaded' || type === 'MainTaskCreated')?.data['policy'];
  const rules = isRecord(policy) ? policy['rules'] : undefined;
  if (!Array.isArray(rules)) return [];
  return rules.filter(isRecord).map(({ id, when, status }) => ({ id: String(id), when: String(when), status: String(status) }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
