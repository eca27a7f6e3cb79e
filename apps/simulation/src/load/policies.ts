/** The policies of the simulated uploads, with the meaning of their rows in plain code for the checker: it must not ask the engine. */

export interface RowInput {
  readonly outcome: ReadonlyMap<string, string>;
  readonly closedBy: string;
}

interface SimulatedPolicy {
  readonly participationMs: number;
  readonly gapMs: number;
  readonly deadlineMs: number;
  readonly graceMs: number;
  readonly late: 'record' | 'amend';
  readonly rules: readonly { readonly id: string; readonly when: string; readonly status: 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILED' }[];
}

const sqlMustPass = { id: 'SQL_MUST_PASS', when: `'SQL' in types && !(outcome['SQL'] in ['PASS', 'WARN'])`, status: 'FAILED' } as const;
const nobodyInTime = { id: 'NOBODY_IN_TIME', when: `closedBy == 'DEADLINE' && succeeded == 0`, status: 'FAILED' } as const;

export const policies: readonly [SimulatedPolicy, ...SimulatedPolicy[]] = [
  { participationMs: 10_000, gapMs: 2_000, deadlineMs: 60_000, graceMs: 60_000, late: 'record', rules: [] },
  { participationMs: 10_000, gapMs: 2_000, deadlineMs: 45_000, graceMs: 60_000, late: 'amend', rules: [] },
  { participationMs: 4_000, gapMs: 500, deadlineMs: 20_000, graceMs: 10_000, late: 'amend', rules: [sqlMustPass] },
  { participationMs: 6_000, gapMs: 1_000, deadlineMs: 12_000, graceMs: 30_000, late: 'record', rules: [nobodyInTime, sqlMustPass] },
];

/** By the row's own words. */
export const rowMeanings: ReadonlyMap<string, (input: RowInput) => boolean> = new Map<string, (input: RowInput) => boolean>([
  [sqlMustPass.when, ({ outcome }) => outcome.has('SQL') && !['PASS', 'WARN'].includes(outcome.get('SQL') ?? '')],
  [nobodyInTime.when, ({ outcome, closedBy }) => closedBy === 'DEADLINE' && ![...outcome.values()].some((end) => end === 'PASS' || end === 'WARN')],
]);
