import { isStaleStatement, StatementNames } from './statement-names';
import { isTransient } from './transient';

describe('names of prepared statements', () => {
  it('are the same for the same text and differ for others', () => {
    const names = new StatementNames();
    const [a, b, again] = ['SELECT $1', 'SELECT $1, 2', 'SELECT $1'].map((text) => names.prepared(text, [1]).name);
    expect(a).toBe(again);
    expect(a).not.toBe(b);
  });

  it('end at a bound: texts that keep coming are not kept on every connection', () => {
    const names = new StatementNames();
    const given = Array.from({ length: 1_200 }, (_, n) => names.prepared(`SELECT ${n}`, []).name);
    expect(given.filter((name) => name !== undefined)).toHaveLength(1_000);
    expect(names.prepared('SELECT 0', []).name).toBe(given[0]);
  });
});

describe('a statement that no longer fits its table', () => {
  it.each([
    [Object.assign(new Error('cached plan must not change result type'), { code: '0A000' }), true],
    [Object.assign(new Error('prepared statement "s1" does not exist'), { code: '26000' }), true],
    [Object.assign(new Error('cannot do that'), { code: '0A000' }), false],
  ])('%s', (error, stale) => {
    expect([isStaleStatement(error), isTransient(error)]).toEqual([stale, stale]);
  });
});
