/** The sentences, in both languages. */
import { type PolicyRow } from '@tributary/facts';
import { decide } from './decide';
import { explainOpen } from './explain-open';
import { renderExplanation } from './render-explanation';
import { completed, declined, failed, fold, id, ledger, policyDefault, started, verdictOf } from './testing/ledgers';

const mixed = ledger([completed('SQL'), failed('EXCEL'), declined('WEDATA'), failed('API', 'TRANSIENT')]);

describe('[Z-036 Z-042] a verdict in sentences', () => {
  it('in English', () => {
    const rendered = renderExplanation(verdictOf(mixed, { knownTypes: ['UNITTEST'] }).explanation, 'en');
    expect(rendered.text).toBe(
      'The verdict is partly passed (PARTIAL_SUCCESS). At least one participant succeeded, and at least one did not. The window closed because all was quiet. Succeeded: SQL. ' +
        'Not good enough: EXCEL. Could not scan: API. Did not take part, with a reason: WEDATA. Usually takes part, but said nothing: UNITTEST. ' +
        'Had API and EXCEL succeeded, the verdict would be passed (SUCCESS).',
    );
    expect(rendered.counterfactuals.map(({ text }) => text)).toContain('Had API and EXCEL succeeded, the verdict would be passed (SUCCESS).');
    expect(rendered.closed?.because).toBe('Everybody who took part had ended, the participation window of 10 s was over, and nothing new came for 2 s.');
  });

  it('in Chinese, with the same codes', () => {
    const { explanation } = verdictOf(mixed);
    const [zh, en] = [renderExplanation(explanation, 'zh'), renderExplanation(explanation, 'en')];
    expect(zh.text).toMatch(/^结论为部分通过（PARTIAL_SUCCESS）。/);
    for (const text of [zh.text, zh.rule?.text, zh.closed?.because, ...zh.counterfactuals.map((each) => each.text)]) expect(text).toMatch(/[\u4e00-\u9fff]{3}/);
    for (const text of [en.text, en.rule?.text, en.closed?.because, ...en.counterfactuals.map((each) => each.text)])
      expect(text).not.toMatch(/[\u4e00-\u9fff\uff00-\uffef]/);
    const codes = ({ status, rule, witness, participants }: typeof zh) => ({ status, rule: rule?.id, values: rule?.values, witness, participants });
    expect(codes(zh)).toEqual(codes(en));
  });

  it('in Chinese, also what a row of the policy says', () => {
    const rules: PolicyRow[] = [{ id: 'MANY', when: "total['error'] > 2", status: 'FAILED' }];
    const { rule } = renderExplanation(verdictOf(mixed, { policy: { ...policyDefault, rules } }).explanation, 'zh');
    expect(rule?.text).toBe("策略规则 MANY 规定：当 total['error'] > 2 时结论为未通过（FAILED）。");
  });

  it('for every way to end', () => {
    const rules: PolicyRow[] = [
      { id: 'ERRS', when: "outcome['NOBODY'] == 'PASS'", status: 'FAILED' },
      { id: 'MANY', when: "total['error'] > 2", status: 'FAILED' },
    ];
    const endings = [
      verdictOf([]),
      verdictOf(ledger([completed('SQL')])),
      verdictOf(ledger([failed('SQL')])),
      verdictOf(ledger([started('SQL')]), { closedBy: 'DEADLINE', unreachable: ['SQL'] }),
      verdictOf(ledger([completed('SQL'), { type: 'CancelRequested', data: {} }]), { closedBy: 'CANCELLED' }),
      verdictOf(mixed, { policy: { ...policyDefault, rules } }),
    ].map(({ explanation }) => renderExplanation(explanation, 'en'));
    expect(endings.map(({ text }) => text)).toEqual([
      'The verdict is failed (FAILED). Nobody took part: without evidence a package does not pass. The window closed because all was quiet. Had somebody taken part and succeeded, the verdict would be passed (SUCCESS).',
      'The verdict is passed (SUCCESS). Everybody who took part succeeded. The window closed because all was quiet. Succeeded: SQL. Had SQL failed, the verdict would be failed (FAILED).',
      'The verdict is failed (FAILED). Nobody who took part succeeded. The window closed because all was quiet. Not good enough: SQL. Had SQL succeeded, the verdict would be passed (SUCCESS).',
      'The verdict is partly passed (PARTIAL_SUCCESS). The deadline ended the window while something was unfinished. The window closed at its deadline. Unfinished and no longer heard of: SQL. Had SQL succeeded, the verdict would be passed (SUCCESS).',
      'The verdict is cancelled (CANCELLED). Somebody cancelled the task before its window had closed. The window closed because the task was cancelled. Succeeded: SQL. Had nobody cancelled, the verdict would be passed (SUCCESS).',
      "The verdict is failed (FAILED). The policy's rule MANY says failed (FAILED) when total['error'] > 2. Rule ERRS could not be evaluated (NO_SUCH_KEY) and was skipped. The window closed because all was quiet. " +
        'Succeeded: SQL. Not good enough: EXCEL. Could not scan: API. Did not take part, with a reason: WEDATA. Had API and EXCEL succeeded, the verdict would be passed (SUCCESS).',
    ]);
  });

  it('travels in a fact: 256 failures with long reasons stay under its limit', () => {
    const { explanation } = verdictOf(ledger(Array.from({ length: 256 }, (_, n) => failed(`TYPE_${String(n)}`, 'QUALITY', { reason: '坏'.repeat(4_000) }))));
    expect(new TextEncoder().encode(JSON.stringify(explanation)).length).toBeLessThan(250 * 1024);
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  });

  it('a contradiction is told', () => {
    const { conflicts, text } = renderExplanation(verdictOf(ledger([completed('SQL'), failed('SQL')])).explanation, 'en');
    expect(conflicts).toMatchObject([
      { kind: 'OUTCOME', winner: { factId: id('SQL QUALITY') }, text: 'SQL told two outcomes; the failure counts, then the smallest payload hash.' },
    ]);
    expect(text).toContain('One contradiction among the facts is shown.');
  });
});

describe('[Z-042] an open window in sentences', () => {
  const open = (facts: Parameters<typeof ledger>[0], watchMs: number) => {
    const state = fold(ledger(facts));
    return explainOpen({ state, decision: decide(state, policyDefault, { openedWatchMs: 0, watchMs }), watchMs }, 'en');
  };

  it.each([
    ['nobody yet', [], 4_000, 'The window is open and nobody has come forward yet. Nothing is known so far. For another 6 s anybody may come forward.'],
    [
      'one at work',
      [started('SQL'), declined('EXCEL')],
      12_000,
      'The window is open. Unfinished: SQL. Did not take part, with a reason: EXCEL. It waits for SQL, for 29.8 min at the most.',
    ],
    [
      'all ended',
      [completed('SQL')],
      500,
      'The window is open. Succeeded: SQL. For another 9.5 s anybody may come forward. Everybody who takes part has ended; it closes when nothing new comes for 1.6 s.',
    ],
    ['due', [completed('SQL')], 10_000, 'The window is open. Succeeded: SQL. All is quiet: it is about to close.'],
  ])('%s', (_, facts, watchMs, text) => {
    const rendered = open(facts, watchMs);
    expect(rendered.text).toBe(text);
    expect([rendered.rule, rendered.closed]).toEqual([undefined, undefined]);
  });
});
