/** Which policy rows may decide: faults with positions, bounds on cost, warnings of rows that nothing reaches. */
import { type PolicyRow } from '@tributary/facts';
import { checkPolicy } from './check-policy';
import { check, evaluate } from './expression';
import { linearPattern, sampleOf } from './linear-pattern';
import { scopeOf } from './table';
import { completed, fold, ledger } from './testing/ledgers';
import { observe } from './observe';

const row = (when: string, id = 'ROW', status: PolicyRow['status'] = 'FAILED'): PolicyRow => ({ id, when, status });

/** Processor time, which a busy machine does not stretch. */
function cpuMs(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

describe('[Z-041] a policy is refused', () => {
  it.each([
    ['that does not parse', 'succeeded >', 'UNEXPECTED_TOKEN', { line: 1, column: 12 }],
    ['that does not parse on its second line', 'true &&\n  (', 'UNEXPECTED_TOKEN', { line: 2 }],
    ['with an unknown variable', 'declined > 1', 'UNKNOWN_VARIABLE', { line: 1, column: 1 }],
    ['whose types do not fit', "observed > 'a'", 'NO_SUCH_OVERLOAD', {}],
    ['that is not true or false', 'observed + 1', 'NOT_BOOLEAN', {}],
    ['that may be anything', "dyn(outcome['SQL'])", 'FUNCTION_NOT_ALLOWED', {}],
    ['that reads a clock zone', "timestamp('2026-01-01T00:00:00Z').getHours('Asia/Shanghai') > 1", 'FUNCTION_NOT_ALLOWED', {}],
    ['with a pattern that may explode', "types.exists(t, t.matches('(a+)+b'))", 'PATTERN_NOT_LINEAR', {}],
    ['with a pattern made at run time', 'types.exists(t, t.matches(t))', 'PATTERN_NOT_CONSTANT', {}],
    ['that walks three deep', 'types.all(a, types.all(b, types.all(c, a == b || b == c)))', 'COMPREHENSION_TOO_DEEP', {}],
    ['that costs too much', 'types.all(a, types.all(b, a == b || outcome[a] == outcome[b]))', 'EXPRESSION_TOO_COSTLY', {}],
  ])('%s', (_, when, code, position) => {
    const { errors } = checkPolicy([row('true'), row(when, 'BAD')]);
    expect(errors).toMatchObject([{ pointer: '/rules/1/when', code, ...position }]);
    expect(errors[0]!.message.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(errors[0]!.message.en).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('with every fault at once', () => {
    const { errors } = checkPolicy([row('1'), row('true', 'ALL_FAILED'), row('nope', 'ROW')]);
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/rules/0/when', 'NOT_BOOLEAN'],
      ['/rules/1/id', 'ROW_ID_RESERVED'],
      ['/rules/2/id', 'ROW_ID_REPEATED'],
      ['/rules/2/when', 'UNKNOWN_VARIABLE'],
    ]);
  });

  it('that nests ten thousand deep, or is made of ten thousand parts', () => {
    expect(check(`${'('.repeat(990)}true${')'.repeat(990)}`).kind).toBe('invalid');
    expect(check('!'.repeat(1_990) + 'true').kind).toBe('invalid');
    expect(check(`true${' && true'.repeat(240)}`).kind).toBe('invalid');
    expect(check('x'.repeat(2_001))).toMatchObject({ faults: [{ code: 'EXPRESSION_TOO_LONG' }] });
  });
});

describe('[Z-041] a policy is accepted', () => {
  it.each([
    "!('SQL' in types) || !(outcome['SQL'] in ['PASS','WARN'])",
    "total['error'] > 10",
    "closedBy == 'DEADLINE' && succeeded == 0",
    "types.exists(t, outcome[t] == 'UNRECOVERABLE')",
    "types.exists(t, t.matches('^SQL_[0-9]+$') && counts[t]['blocker'] > 0)",
    "outcome.exists(t, outcome[t] in ['TRANSIENT', 'UNRECOVERABLE'])",
    "types.filter(t, outcome[t] == 'WARN').size() >= 3",
    'observed == 0',
  ])('%s', (when) => {
    expect(checkPolicy([row(when)])).toEqual({ errors: [], warnings: [] });
  });
});

describe('reachability', () => {
  it.each([
    ['a row that never holds', [row('observed < 0')], [['/rules/0/when', 'ROW_NEVER_HOLDS']]],
    ['a row behind one that always holds', [row('true', 'A'), row('succeeded > 0', 'B')], [['/rules/1/when', 'ROW_SHADOWED']]],
    ['a row behind a wider one', [row("total['error'] > 5", 'A'), row("total['error'] > 10", 'B')], [['/rules/1/when', 'ROW_SHADOWED']]],
    ['a narrower row first', [row("total['error'] > 10", 'A'), row("total['error'] > 5", 'B')], []],
    ['two types that exclude each other', [row("'SQL' in types && !('SQL' in types)")], [['/rules/0/when', 'ROW_NEVER_HOLDS']]],
    ['a row that needs many', [row('succeeded >= 40')], []],
  ])('%s', (_, rows, warnings) => {
    const checked = checkPolicy(rows);
    expect([checked.errors, checked.warnings.map(({ pointer, code }) => [pointer, code])]).toEqual([[], warnings]);
  });

  it('of fifty rows is decided within two seconds', () => {
    const rows = Array.from({ length: 50 }, (_, n) => row(`total['error'] > ${String(100 - n)} && 'TYPE_${String(n)}' in types`, `ROW_${String(n)}`));
    expect(cpuMs(() => checkPolicy(rows))).toBeLessThan(2_000);
    expect(checkPolicy(rows).errors).toEqual([]);
  });
});

describe('the bound on cost', () => {
  const types = Array.from({ length: 256 }, (_, n) => `TYPE_${String(n).padStart(3, '0')}`.padEnd(64, 'X'));
  const { joined } = observe(fold(ledger(types.map((type) => completed(type, 'WARN')))));
  const scope = scopeOf(joined, 'QUIET');
  const names = (n: number) => Array.from({ length: n }, (_, index) => `'A${String(index)}'`);
  /** The dearest of each kind that is still accepted: one part more, and it is refused. */
  const dear = [
    (n: number) =>
      `types.all(t, ${names(n)
        .map((name) => `outcome[t] != ${name}`)
        .join(' && ')})`,
    (n: number) => `types.all(t, [${names(n).join()}].all(x, x != t))`,
    (n: number) =>
      `types.all(t, ${names(n)
        .map(() => "!t.matches('X*Q')")
        .join(' && ')})`,
    (n: number) =>
      `types.all(t, ${names(n)
        .map(() => 't in types')
        .join(' && ')})`,
    (n: number) =>
      `types.map(t, ${names(n)
        .map(() => 't')
        .join(' + ')}).size() == 256`,
    (n: number) =>
      names(n)
        .map(() => "types.exists(t, outcome[t] == 'WARN' && counts[t]['warning'] == 2)")
        .join(' && '),
  ].map((expression) => {
    let n = 1;
    while (check(expression(n + 1)).kind === 'valid') n++;
    return expression(n);
  });

  it.each(dear.map((when) => [`${when.slice(0, 60)}...`, when]))('%s: the dearest that is accepted runs in under 10 ms over 256 types', (_, when) => {
    expect(check(when)).toMatchObject({ kind: 'valid' });
    expect(evaluate(when, scope)).toEqual({ kind: 'value', value: true });
    const runs = Array.from({ length: 15 }, () => cpuMs(() => evaluate(when, scope)));
    expect(Math.min(...runs)).toBeLessThan(10);
  });
});

describe('patterns', () => {
  it.each(['SQL', '^SQL', '^SQL_.*$', '[A-Z]+_V2', 'A{2,3}B', String.raw`\d+$`, '[^A-Y]_', ''])('%s is linear, and has a sample', (pattern) => {
    expect(linearPattern(pattern)).toBe(true);
    expect(sampleOf(pattern)).toMatch(new RegExp(pattern));
  });

  it.each(['(a+)+', 'a*a*', 'a?b?', '(?=a)', String.raw`(a)\1`, 'a|b', 'a**', '[a', '(a'])('%s is not', (pattern) => {
    expect(linearPattern(pattern)).toBe(false);
  });
});
