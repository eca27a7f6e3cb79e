import { type ToldFact } from '@tributary/http-api';
import { decisionRows, policyRowsIn } from './decision-rows';
import { revisionsIn } from './revisions';
import { ruleValues } from './rule-values';
import { timelineOf } from './timeline';

const fact = (id: string, type: string, data: object = {}, more: object = {}): ToldFact =>
  ({ id, type, time: '2026-01-01T00:00:00.000Z', data, ...more }) as unknown as ToldFact;
const placed = (...facts: ToldFact[]) => facts.map((each, index) => ({ position: String(index + 1), fact: each }));

describe('the decision table', () => {
  const rows = [{ id: 'SQL_IS_A_MUST', when: "!('SQL' in types)", status: 'FAILED' }];

  it('is gone through in order: cancel, the rows of the policy, the table', () => {
    expect(decisionRows('ALL_SUCCEEDED', rows).map(({ id, fate }) => [id, fate])).toEqual([
      ['CANCELLED', 'passed over'],
      ['SQL_IS_A_MUST', 'passed over'],
      ['NO_PARTICIPANTS', 'passed over'],
      ['DEADLINE_UNFINISHED', 'passed over'],
      ['ALL_SUCCEEDED', 'decided'],
      ['SOME_SUCCEEDED', 'not reached'],
      ['ALL_FAILED', 'not reached'],
    ]);
  });

  it('stops at the first row that holds', () => {
    const fates = decisionRows('SQL_IS_A_MUST', rows).map(({ fate }) => fate);
    expect(fates.indexOf('decided')).toBe(1);
    expect(fates.slice(2).every((fate) => fate === 'not reached')).toBe(true);
  });

  it('has the rows that were frozen at the upload', () => {
    expect(policyRowsIn([fact('1', 'ZipUploaded', { policy: { rules: rows } })])).toEqual(rows);
    expect(policyRowsIn([fact('1', 'ZipUploaded', { policy: 'odd' }), fact('2', 'WindowClosed')])).toEqual([]);
  });
});

it('values stand with the participants behind them, and what a policy read with its own name', () => {
  const values = { observed: 2, succeeded: 1, succeededTypes: ['SQL'], failed: 1, failedTypes: ['EXCEL'], closedBy: 'QUIET', total: { error: 11 } };
  expect(ruleValues(values)).toEqual([
    { name: 'observed', value: '2', types: [] },
    { name: 'succeeded', value: '1', types: ['SQL'] },
    { name: 'failed', value: '1', types: ['EXCEL'] },
    { name: 'total', value: '{"error":11}', types: [] },
  ]);
});

describe('the timeline', () => {
  const beat = (id: string, subTaskType: string) => fact(id, 'SubTaskProgressed', { subTaskType });
  const facts = placed(
    fact('a', 'SubTaskStarted'),
    beat('b', 'SQL'),
    beat('c', 'SQL'),
    beat('d', 'EXCEL'),
    fact('e', 'SubTaskCompleted'),
    fact('f', 'SubTaskCompleted', {}, { late: true }),
  );

  it('folds heartbeats and marks what decided', () => {
    const lines = timelineOf(facts, ['e'], { only: 'all' });
    expect(
      lines.map((line) =>
        line.kind === 'beats' ? `${line.type} ${line.count}` : `${line.fact.id}${line.decides ? ' decides' : ''}${line.late ? ' late' : ''}`,
      ),
    ).toEqual(['a', 'SQL 2', 'EXCEL 1', 'e decides', 'f late']);
  });

  it('shows only what decided, or only what came late', () => {
    expect(timelineOf(facts, ['e'], { only: 'deciding' })).toMatchObject([{ fact: { id: 'e' } }]);
    expect(timelineOf(facts, ['e'], { only: 'late' })).toMatchObject([{ fact: { id: 'f' } }]);
  });
});

it('verdicts are told with the newest first and with their reason', () => {
  const first = fact('1', 'MainTaskConverged', { revision: 1, round: 1, status: 'FAILED' });
  const second = fact('2', 'MainTaskReconverged', { revision: 2, round: 2, status: 'SUCCESS', because: 'RESCAN' });
  expect(revisionsIn([first, fact('x', 'WindowClosed'), second])).toMatchObject([
    { revision: 2, round: 2, status: 'SUCCESS', because: 'RESCAN' },
    { revision: 1, round: 1, status: 'FAILED' },
  ]);
});
