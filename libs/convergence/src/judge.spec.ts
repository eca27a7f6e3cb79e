/** One example per row of the decision table, and what each verdict says about itself. */
import { builtInPolicies, type ClosedBy, type PolicyRow } from '@tributary/facts';
import { completed, declined, failed, id, ledger, started, verdictOf } from './testing/ledgers';

const [SQL, EXCEL] = ['SQL', 'EXCEL'];

describe('the decision table', () => {
  const rows: [string, Parameters<typeof ledger>[0], ClosedBy, string, string, readonly string[]][] = [
    ['[Z-030] nobody took part', [declined(SQL)], 'QUIET', 'NO_PARTICIPANTS', 'FAILED', ['closed']],
    [
      '[Z-032] the deadline ended it, something unfinished',
      [started(SQL), completed(EXCEL)],
      'DEADLINE',
      'DEADLINE_UNFINISHED',
      'PARTIAL_SUCCESS',
      ['SQL started', 'closed'],
    ],
    [
      '[Z-032] the deadline ended it, nothing succeeded',
      [started(SQL), failed(EXCEL)],
      'DEADLINE',
      'DEADLINE_UNFINISHED',
      'PARTIAL_SUCCESS',
      ['SQL started', 'closed'],
    ],
    ['[Z-031] everything observed succeeded', [completed(SQL), completed(EXCEL, 'WARN')], 'QUIET', 'ALL_SUCCEEDED', 'SUCCESS', ['SQL PASS', 'EXCEL WARN']],
    ['[Z-031] the deadline came first, and everything had ended', [completed(SQL)], 'DEADLINE', 'ALL_SUCCEEDED', 'SUCCESS', ['SQL PASS']],
    ['[Z-029] at least one succeeded', [completed(SQL), failed(EXCEL)], 'QUIET', 'SOME_SUCCEEDED', 'PARTIAL_SUCCESS', ['SQL PASS', 'EXCEL QUALITY']],
    ['[Z-030] all observed failed', [failed(SQL), failed(EXCEL, 'TRANSIENT')], 'QUIET', 'ALL_FAILED', 'FAILED', ['SQL QUALITY', 'EXCEL TRANSIENT']],
    ['cancelled', [completed(SQL)], 'CANCELLED', 'CANCELLED', 'CANCELLED', ['closed']],
  ];
  it.each(rows)('%s', (_, facts, closedBy, ruleId, status, witness) => {
    const { explanation } = verdictOf(ledger(facts), { closedBy });
    expect([explanation.rule.id, explanation.status]).toEqual([ruleId, status]);
    expect(explanation.witness).toEqual(witness.map(id).sort());
  });

  it('[Z-041] a row of the policy comes before the table, never before a cancel', () => {
    const rules: PolicyRow[] = [{ id: 'SQL_IS_A_MUST', when: "!('SQL' in types) || !(outcome['SQL'] in ['PASS', 'WARN'])", status: 'FAILED' }];
    const policy = { ...builtInPolicies['default']!, rules };
    const facts = ledger([completed(EXCEL)]);
    const { explanation } = verdictOf(facts, { policy });
    expect(explanation).toMatchObject({
      status: 'FAILED',
      rule: { id: 'SQL_IS_A_MUST', values: { types: ['EXCEL'], outcome: { EXCEL: 'PASS' } } },
      witness: [id('closed')],
    });
    expect(explanation.counterfactuals).toContainEqual({
      change: { fact: null, becomes: { type: 'SubTaskCompleted', subTaskType: 'SQL', attempt: 1, result: 'PASS' } },
      wouldBe: 'SUCCESS',
    });
    expect(verdictOf(facts, { policy, closedBy: 'CANCELLED' }).status).toBe('CANCELLED');
    expect(verdictOf(ledger([completed(SQL)]), { policy }).status).toBe('SUCCESS');
  });

  it('a row that errs at run time is skipped, and shown', () => {
    const policy = { ...builtInPolicies['default']!, rules: [{ id: 'ERRS', when: "outcome['SQL'] == 'PASS'", status: 'FAILED' as const }] };
    expect(verdictOf(ledger([completed(EXCEL)]), { policy }).explanation).toMatchObject({
      status: 'SUCCESS',
      rule: { values: { skipped: [{ id: 'ERRS', code: 'NO_SUCH_KEY' }] } },
    });
  });
});

describe('[Z-036] counterfactuals', () => {
  it('had the failed ones passed, all would have', () => {
    const { counterfactuals } = verdictOf(ledger([failed(SQL), completed(EXCEL), failed('WEDATA')])).explanation;
    const all = counterfactuals.filter(({ wouldBe }) => wouldBe === 'SUCCESS');
    expect(all).toHaveLength(1);
    expect(JSON.stringify(all)).toMatch(/SQL.*WEDATA/);
    expect(counterfactuals.map(({ wouldBe }) => wouldBe)).not.toContain('PARTIAL_SUCCESS');
  });

  it('both ends of an attempt that contradicts itself change together', () => {
    const { counterfactuals } = verdictOf(ledger([failed(SQL), failed(SQL, 'TRANSIENT'), completed(EXCEL)])).explanation;
    const change = counterfactuals.find(({ wouldBe }) => wouldBe === 'SUCCESS')?.change;
    expect([change?.fact?.id, ...(change?.and ?? []).map(({ fact }) => fact?.id)].sort()).toEqual([id('SQL QUALITY'), id('SQL TRANSIENT')].sort());
  });

  it('had nobody cancelled', () => {
    const { counterfactuals } = verdictOf(ledger([completed(SQL), { type: 'CancelRequested', data: {}, id: id('cancel') }]), {
      closedBy: 'CANCELLED',
    }).explanation;
    expect(counterfactuals).toEqual([{ change: { fact: { id: id('cancel'), type: 'CancelRequested' }, becomes: null }, wouldBe: 'SUCCESS' }]);
  });
});

describe('late facts', () => {
  it('[I6] change nothing of a verdict, also when they are folded into the same state', () => {
    const facts = ledger([started(SQL), completed(EXCEL), completed(SQL)]);
    const [before, after] = [verdictOf(facts.slice(0, 2), { closedBy: 'DEADLINE' }), verdictOf(facts, { closedBy: 'DEADLINE', cutoff: 2 })];
    expect(after.explanation).toEqual(before.explanation);
    expect(after.canonical).toBe(before.canonical);
  });
});

describe('256 participants', () => {
  it('are judged, with a minimal witness, in under two seconds of processor time', () => {
    const facts = ledger(Array.from({ length: 256 }, (_, n) => completed(`TYPE_${String(n)}`)));
    const start = process.cpuUsage();
    expect(verdictOf(facts).explanation.witness).toHaveLength(256);
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  });
});
