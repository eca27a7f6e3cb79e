import { z } from 'zod';
import { assembleFindings, cut, type Raised } from './assemble';
import { compareVersions } from './compare';
import { countBySeverity } from './counts';
import { parseReportLine, reportLimits } from './ndjson';
import { profileSchema, settingsOf, severityOf } from './profile';
import { type RuleDescription } from './rule';
import { describeRule } from './rule-metadata';
import { rulePage } from './rule-page';
import { findSuppressions, readSuppression, suppress, suppressKnown } from './suppression';

const rule = (id: string, enabledByDefault = true): RuleDescription<string> => ({
  id,
  title: { en: 'Title | piped', zh: '标题' },
  why: { en: 'Because.', zh: '因为。' },
  severity: 'warning',
  enabledByDefault,
  options: z.strictObject({ rowsMax: z.number().int().min(1).default(5).describe('Rows before it complains') }),
  examples: { flagged: [{ source: 'SELECT `a`;\n', note: 'short' }], accepted: [{ source: '```' }] },
  source: 'an incident',
});
const raised = (line: number, identity = 'x', rest: Partial<Raised['complaint']> = {}): Raised => ({
  ruleId: 'sql/a',
  severity: 'error',
  complaint: { message: { en: 'm', zh: '消息' }, location: { range: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 } }, identity, ...rest },
});

describe('[Z-002] findings', () => {
  it('are sorted, masked and cut', () => {
    const findings = assembleFindings('a.sql', [raised(9), raised(2, 'y', { evidence: `password = 'hunter22' ${'x'.repeat(900)}` })]);
    expect(findings.map(({ location }) => location.range?.startLine)).toEqual([2, 9]);
    expect(findings[0]?.evidence).toHaveLength(300);
    expect(findings[0]?.evidence).not.toContain('hunter22');
    expect(findings[0]?.evidence?.endsWith('…')).toBe(true);
  });

  it('mask what another line of the file revealed', () => {
    const [finding] = assembleFindings('a.sql', [raised(1, 'x', { message: { en: 'saw hunter22', zh: '见 hunter22' } })], ['hunter22']);
    expect(finding?.message).toEqual({ en: 'saw ******', zh: '见 ******' });
  });

  it('have fingerprints that know the path, the rule, the fault and its ordinal, nothing else', () => {
    const [first, second] = assembleFindings('a.sql', [raised(1), raised(5)]);
    expect(first?.fingerprint).not.toBe(second?.fingerprint);
    expect(assembleFindings('a.sql', [raised(77)])[0]?.fingerprint).toBe(first?.fingerprint);
    expect(assembleFindings('b.sql', [raised(1)])[0]?.fingerprint).not.toBe(first?.fingerprint);
  });

  it('never tear a character', () => {
    expect(cut('ab😀cd', 4)).toBe('ab…');
    expect(cut('ab😀', 4)).toBe('ab😀');
  });

  it('are counted', () => {
    expect(countBySeverity(assembleFindings('a', [raised(1), raised(2)]))).toEqual({ blocker: 0, error: 2, warning: 0, info: 0 });
  });

  it('compare by fingerprint, type and rule', () => {
    const of = (fingerprint: string, type = 'SQL') => ({ type, ruleId: 'r', fingerprint });
    const result = compareVersions([of('a'), of('b'), of('b')], [of('b'), of('c'), of('a', 'EXCEL')]);
    expect(result).toEqual({ new: [of('c'), of('a', 'EXCEL')], fixed: [of('a'), of('b')], unchanged: [of('b')] });
  });
});

describe('profiles', () => {
  const rules = [rule('sql/a'), rule('sql/b', false)];

  it('without settings run what is on by default, with default options', () => {
    expect(settingsOf(rules, {})).toEqual({ active: [{ rule: rules[0], severity: 'warning', options: { rowsMax: 5 } }], faults: [] });
  });

  it('switch on, off, and change', () => {
    const { active, faults } = settingsOf(rules, { 'sql/a': { enabled: false }, 'sql/b': { enabled: true, severity: 'blocker', options: { rowsMax: 7 } } });
    expect(active).toEqual([{ rule: rules[1], severity: 'blocker', options: { rowsMax: 7 } }]);
    expect(faults).toEqual([]);
    expect(severityOf(active[0]!, 'info')).toBe('blocker');
    expect(severityOf(settingsOf(rules, {}).active[0]!, 'info')).toBe('info');
  });

  it('with faults name them and switch nothing off', () => {
    const { active, faults } = settingsOf(rules, { 'sql/zzz': {}, 'sql/a': { options: { rowsMax: 0, typo: 1 } }, ...({ 'sql/b': 'on' } as object) });
    expect(active.map(({ rule: { id }, options }) => [id, options])).toEqual([['sql/a', { rowsMax: 5 }]]);
    expect(new Set(faults.map(({ ruleId }) => ruleId))).toEqual(new Set(['sql/zzz', 'sql/a', 'sql/b']));
    expect(faults.find(({ message }) => message.includes('rowsMax'))?.message).toMatch(/^options\.rowsMax: /);
  });

  it('are checked strictly, with positions', () => {
    const schema = profileSchema(rules);
    expect(schema.safeParse({ 'sql/a': { severity: 'error', options: { rowsMax: 2 } } }).success).toBe(true);
    const refused = schema.safeParse({ 'sql/x': {}, 'sql/a': { options: { rowsMax: 'two' } } });
    expect(refused.error?.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['sql/a.options.rowsMax', 'invalid_type'],
      ['', 'unrecognized_keys'],
    ]);
  });
});

describe('suppression', () => {
  const text = [
    'SELECT * -- tributary:ignore sql/a copied as it is',
    '-- tributary:ignore sql/a, sql/b the whole statement',
    '',
    'DELETE',
    'FROM t;',
    "SELECT '-- tributary:ignored';",
    '/* tributary:ignore sql/a */ X',
  ].join('\n');

  it('reads rules and reason', () => {
    expect(readSuppression('# tributary:ignore sql/a,sql/b because of X')).toEqual({ ruleIds: ['sql/a', 'sql/b'], reason: 'because of X' });
    expect(readSuppression('/* tributary:ignore sql/a fine */')).toEqual({ ruleIds: ['sql/a'], reason: 'fine' });
    expect(readSuppression('-- tributary:ignore')).toEqual({ ruleIds: [], reason: '' });
    expect(readSuppression('-- something else')).toBeUndefined();
  });

  it('covers its line, or what begins behind it as far as it reaches; without a reason nothing', () => {
    const suppressions = findSuppressions(text, (line) => (line === 4 ? 5 : line));
    expect(suppressions.map(({ line, from, to }) => [line, from, to])).toEqual([
      [1, 1, 1],
      [2, 2, 5],
      [7, 7, 8],
    ]);
    const { findings, suppressed } = suppress(
      assembleFindings(
        'a.sql',
        [1, 3, 4, 5, 6, 7].map((line) => raised(line)),
      ),
      suppressions,
    );
    expect(findings.map(({ location }) => location.range?.startLine)).toEqual([6, 7]);
    expect(suppressed.map(({ by }) => by.reason)).toEqual(['copied as it is', 'the whole statement', 'the whole statement', 'the whole statement']);
  });

  it('by baseline sets known faults aside', () => {
    const all = assembleFindings('a.sql', [raised(1, 'old'), raised(2, 'new')]);
    expect(suppressKnown(all, new Set([all[0]!.fingerprint]))).toEqual({ findings: [all[1]], suppressed: [all[0]] });
  });
});

describe('report lines', () => {
  const line = { ruleId: 'r', severity: 'error', message: 'plain', location: { path: 'a' }, fingerprint: 'f', colour: 'red' };

  it('keep unknown fields, accept a text or both languages, mask secrets', () => {
    expect(parseReportLine(JSON.stringify({ ...line, evidence: "password='hunter22'" }))).toEqual({
      kind: 'finding',
      finding: { ...line, evidence: "password='******'" },
    });
    expect(parseReportLine(JSON.stringify({ ...line, message: { en: 'a', zh: 'b' } }))).toMatchObject({ kind: 'finding' });
  });

  it('may open with the rules', () => {
    expect(parseReportLine(JSON.stringify({ rules: [describeRule(rule('sql/a'))] }))).toMatchObject({
      kind: 'header',
      header: { rules: [{ id: 'sql/a', severity: 'warning' }] },
    });
    expect(parseReportLine('  ')).toEqual({ kind: 'blank' });
  });

  it.each([
    ['no JSON', '{', 'MALFORMED'],
    ['a list', '[]', 'MALFORMED'],
    ['too long', ' '.repeat(reportLimits.lineLengthMax + 1), 'TOO_LONG'],
    ['too deep', `{"ruleId":${'['.repeat(20)}${']'.repeat(20)}}`, 'TOO_DEEP'],
    ['an unknown severity', JSON.stringify({ ...line, severity: 'terrible' }), 'INVALID'],
    ['a line 0', JSON.stringify({ ...line, location: { path: 'a', range: { startLine: 0, startColumn: 1, endLine: 1, endColumn: 1 } } }), 'INVALID'],
    ['a range backwards', JSON.stringify({ ...line, location: { path: 'a', range: { startLine: 2, startColumn: 1, endLine: 1, endColumn: 1 } } }), 'INVALID'],
    ['rules of another shape', '{"rules":[{"id":""}]}', 'INVALID'],
  ])('refuse %s', (_, text, code) => {
    expect(parseReportLine(text)).toMatchObject({ kind: 'refused', code });
  });
});

it('a rule page tells everything in both languages', () => {
  const page = rulePage(rule('sql/a'));
  for (const part of [
    '# `sql/a`: Title | piped · 标题',
    'Because.\n\n因为。',
    '| `rowsMax` | integer | `5` | Rows before it complains |',
    'short\n\n```sql\nSELECT `a`;\n```',
    '````sql\n```\n````',
  ])
    expect(page).toContain(part);
  expect(rulePage({ ...rule('excel/b'), options: z.strictObject({}), examples: { flagged: [{ source: { a: 1 } }], accepted: [] } })).toContain(
    '```json\n{\n  "a": 1\n}\n```',
  );
});
