/** Random rounds for the laws: few types and few ids, so that attempts, contradictions and reused ids meet often. */
import { type ClosedBy, type PolicyRow } from '@tributary/facts';
import fc from 'fast-check';
import { id, type Said } from './ledgers';

/** Cases of each law; more of them with TRIBUTARY_LAW_RUNS. */
export const lawRuns = Number(process.env['TRIBUTARY_LAW_RUNS'] ?? 1_000);

export const types = ['SQL', 'EXCEL', 'WEDATA', 'NEW_KIND'] as const;
const severe = fc.record({ blocker: fc.nat(2), error: fc.nat(15), warning: fc.nat(3), info: fc.nat(3) });
const part = { round: fc.constant(1), subTaskType: fc.constantFrom(...types), attempt: fc.constantFrom(1, 1, 1, 2) };
const manifest = { manifestSha256: fc.constantFrom('a'.repeat(64), 'a'.repeat(64), 'b'.repeat(64)) };

function said(type: string, data: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Said> {
  return fc.record({
    type: fc.constant(type),
    data,
    // Mostly an id of its own; now and then one of a handful, so that ids are reused with other payloads.
    id: fc.oneof({ weight: 6, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom(id('one'), id('two')) }),
    source: fc.constantFrom('/tributary/worker', '/tributary/worker', '/tributary/other'),
  });
}

const start = said('SubTaskStarted', fc.record({ ...part, ...manifest, heartbeatMs: fc.constant(2_000) }));
const end = fc.oneof(
  said('SubTaskCompleted', fc.record({ ...part, result: fc.constantFrom('PASS', 'WARN'), counts: severe })),
  said(
    'SubTaskFailed',
    fc.record({ ...part, failureKind: fc.constantFrom('QUALITY', 'TRANSIENT', 'UNRECOVERABLE'), reason: fc.constant('lint error'), counts: severe }),
  ),
);
const decline = said(
  'SubTaskDeclined',
  fc.record({ round: part.round, subTaskType: part.subTaskType, reasonCode: fc.constantFrom('NO_FILES', 'SWITCHED_OFF') }),
);
const progress = said('SubTaskProgressed', fc.record({ ...part, done: fc.nat(10), total: fc.constant(10), unit: fc.constant('files') }));
const elsewhere = said('SubTaskCompleted', fc.record({ ...part, round: fc.constant(2), result: fc.constant('PASS') }));

export const aFact: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: start },
  { weight: 6, arbitrary: end },
  { weight: 2, arbitrary: decline },
  { weight: 2, arbitrary: progress },
  { weight: 1, arbitrary: elsewhere },
);
export const facts = (maxLength: number): fc.Arbitrary<Said[]> => fc.array(aFact, { maxLength });
export const closings: fc.Arbitrary<ClosedBy> = fc.constantFrom('QUIET', 'QUIET', 'DEADLINE', 'CANCELLED');

const rowsKnown: readonly PolicyRow[] = [
  { id: 'SQL_IS_A_MUST', when: "!('SQL' in types) || !(outcome['SQL'] in ['PASS', 'WARN'])", status: 'FAILED' },
  { id: 'MANY_ERRORS', when: "total['error'] > 10", status: 'FAILED' },
  { id: 'NOTHING_BY_THE_DEADLINE', when: "closedBy == 'DEADLINE' && succeeded == 0", status: 'FAILED' },
  { id: 'ERRS_SOMETIMES', when: "outcome['EXCEL'] == 'WARN'", status: 'PARTIAL_SUCCESS' },
  { id: 'ONE_IS_ENOUGH', when: 'succeeded > 0 && unfinished == 0', status: 'SUCCESS' },
  { id: 'TWO_FAILED', when: "types.filter(t, outcome[t] in ['QUALITY', 'TRANSIENT', 'UNRECOVERABLE']).size() >= 2", status: 'FAILED' },
];
export const policyRows: fc.Arbitrary<PolicyRow[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<PolicyRow[]>([]) },
  { weight: 1, arbitrary: fc.subarray([...rowsKnown]) },
);
