import fc from 'fast-check';
import { checkSql } from '../check';
import { dialects } from '../dialect';
import { lex } from './lex';
import { kinds } from './tokens';

const pieces = [
  "'", '"', '`', '--', '/*', '*/', '/*+', '#', '$$', '$a$', '${', '}', '{{', '}}', '{%', '%}', '#{', '$[', ';', '//', '\\', '\\G', '(', ')', ',', '.', '*', '=', '\n', '\r\n', ' ',
  'SELECT', 'FROM', 'WHERE', 'GROUP BY', 'ORDER', 'JOIN', 'ON', 'CASE', 'WHEN', 'END', 'WITH', 'AS', 'UNION', 'DELETE FROM t', 'UPDATE t SET', 'INSERT OVERWRITE TABLE', 'NULL', 'IN', 'NOT', 'LIKE',
  'set x=', 'add jar', '!ls', 'DELIMITER //', "E'", "r'", '1e', '0x', '1.5', '2020_t', '，', '中文', '\u00a0', '\ud800', 'password', 'copy t from stdin;', '\\.', '-- tributary:ignore sql/select-star x', '/',
]; // prettier-ignore
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
  .map((parts) => parts.join(fc.sample(fc.constantFrom('', ' '), { numRuns: 1, seed: parts.length })[0]));
const dialect = fc.constantFrom(...dialects);

describe('laws of the lexer and the engine', () => {
  it('tokens joined are the text, and none is empty', () => {
    fc.assert(
      fc.property(hostile, dialect, (text, of) => {
        const { starts, count } = lex(text, of);
        expect([starts[0] ?? 0, starts[count]]).toEqual([0, text.length]);
        for (let index = 0; index < count; index++) expect(starts[index]).toBeLessThan(starts[index + 1]!);
      }),
      { numRuns: 500 },
    );
  });

  it('no text makes the engine throw, and every finding lies inside the file', () => {
    fc.assert(
      fc.property(hostile, dialect, (text, of) => {
        const lines = text.split('\n');
        for (const { location } of checkSql({ path: 'a.sql', text, dialect: of }).findings) {
          const { startLine, startColumn, endLine, endColumn } = location.range!;
          expect(startLine >= 1 && endLine >= startLine && endLine <= lines.length).toBe(true);
          expect(startColumn >= 1 && startColumn <= lines[startLine - 1]!.length + 1 && endColumn >= 1).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[Z-038] equal bytes have equal findings', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(checkSql({ path: 'a.sql', text })).toEqual(checkSql({ path: 'a.sql', text }));
      }),
    );
  });

  it('what stands in a text or a comment is never a statement', () => {
    const inner = fc
      .array(fc.constantFrom('DELETE FROM t;', 'DROP TABLE x;', 'SELECT *', ' ', '\n', '(', ',,'), { maxLength: 8 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(inner, (text) => {
        const { findings, statements } = checkSql({ path: 'a.sql', text: `-- x\n/* ${text} */ SELECT '${text}';` });
        expect([findings, statements]).toEqual([[], 1]);
      }),
    );
  });
});

describe('hostile sizes end with an answer', () => {
  it.each([
    ['100,000 parentheses', `SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
    ['1 MB of open parentheses', '('.repeat(1_000_000)],
    ['nested subqueries', `${'SELECT a FROM ('.repeat(20_000)}SELECT 1${')'.repeat(20_000)}`],
    ['nested CASE', `SELECT ${'CASE WHEN a THEN '.repeat(20_000)}1${' END'.repeat(20_000)} FROM t`],
    ['nested comments', '/* '.repeat(300_000)],
    ['dollar tags', Array.from({ length: 50_000 }, (_, n) => `$t${n}$ `).join('')],
    ['open placeholders', '${'.repeat(200_000)],
    ['directives', '{% '.repeat(200_000)],
    ['100,000 list items', `SELECT a FROM t WHERE b IN (${'1,'.repeat(100_000)}1)`],
    ['joins', `SELECT a.x FROM a ${'JOIN b ON a.x = b.x '.repeat(10_000)}`],
    ['conditions', `SELECT a FROM t WHERE ${'a = 1 AND '.repeat(50_000)}a = 1`],
    ['divisions', `SELECT a ${'/ b '.repeat(50_000)} FROM t`],
    ['commas', `SELECT ${','.repeat(300_000)}`],
    ['semicolons', ';'.repeat(1_000_000)],
    ['suppressions', '-- tributary:ignore sql/select-star x\nSELECT * FROM t;\n'.repeat(5_000)],
    ['quotes', "'".repeat(500_001)],
    ['backslashes', `'${'\\'.repeat(500_000)}`],
    ['passwords', "'password' = 'abcdefgh', ".repeat(20_000)],
    ['labels', 'a:b '.repeat(100_000)],
    ['IF without THEN', 'IF '.repeat(100_000)],
    ['WITH', 'WITH a AS ('.repeat(50_000)],
  ])('%s', (_, text) => {
    expect(Array.isArray(checkSql({ path: 'a.sql', text }).findings)).toBe(true);
  });
});

it('knows the kinds', () => {
  const { kinds: found, count } = lex("SELECT `a`, 'b', 1.5, ${c} /*+ h */ -- d\n;", 'hive');
  const names = Object.entries(kinds);
  const said = Array.from({ length: count }, (_, index) => names.find(([, kind]) => kind === found[index])?.[0]).filter((name) => name !== 'space');
  expect(said).toEqual(['word', 'quoted', 'punctuation', 'string', 'punctuation', 'number', 'punctuation', 'template', 'hint', 'comment', 'separator']);
});
