import { countBySeverity } from '@tributary/findings';
import { checkSql } from './check';
import { detectDialect } from './dialect';

const clean = `-- author: data platform team
-- purpose: active customers per sales region
SELECT c.sales_region, COUNT(c.customer_id) AS customer_count
FROM dim_customer AS c
WHERE c.active_flag = 1
GROUP BY c.sales_region;
`;
const faulty = `-- author: data platform team
-- purpose: what must never be released
DELETE FROM dwd_orders;

SELECT customer_id, FROM WHERE GROUP ORDER;
`;
const secret = 'Xk29-plain-S3cret';
const leaky = `CREATE TABLE pay (id BIGINT) WITH ('connector' = 'jdbc', 'username' = 'etl', 'password' = '${secret}');
DELETE FROM pay;
`;
const check = (text: string, rest: object = {}) => checkSql({ path: 'sql/a.sql', text, ...rest });
const places = (text: string) =>
  check(text).findings.map(({ ruleId, location: { range } }) => [ruleId, range?.startLine, range?.startColumn, range?.endLine, range?.endColumn]);

describe('[Z-002] a SQL file', () => {
  it('that is clean has no finding at all', () => {
    expect(check(clean)).toMatchObject({ findings: [], suppressed: [], statements: 1 });
  });

  it('with an unbounded delete and a broken query has errors on their lines, one each', () => {
    expect(check(faulty).findings.map(({ ruleId, location }) => [ruleId, location.range?.startLine, location.range?.endLine])).toEqual([
      ['sql/unbounded-write', 3, 3],
      ['sql/empty-list-item', 5, 5],
    ]);
  });

  it('with a password has an error there, and nobody sees the password', () => {
    const { findings } = check(leaky);
    expect(findings.find(({ ruleId }) => ruleId === 'sql/plain-text-secret')).toMatchObject({
      severity: 'error',
      location: { range: { startLine: 1 } },
      evidence: "'password' = '******'",
    });
    expect(JSON.stringify(findings)).not.toContain(secret);
    expect(JSON.stringify(check(`${leaky}SELECT * FROM t WHERE a = '${secret}' AND b LIKE '%${secret}';`).findings)).not.toContain(secret);
  });

  it('is counted by lines and columns from 1, the end inclusive, whatever the line ends are', () => {
    expect(places('-- x\nSELECT 1;\n  DELETE FROM t;')).toEqual([['sql/unbounded-write', 3, 3, 3, 15]]);
    expect(places('-- x\r\nSELECT 1;\r\n  DELETE\r\n FROM t;')).toEqual([['sql/unbounded-write', 3, 3, 4, 7]]);
  });

  it('has findings that keep their fingerprints when lines move', () => {
    const marks = (text: string) => check(text).findings.map(({ ruleId, fingerprint }) => [ruleId, fingerprint]);
    expect(marks(faulty.replaceAll('\n', '\n\n'))).toEqual(marks(faulty));
    expect(marks(`-- more\n${faulty}`)).toEqual(marks(faulty));
  });

  it('may overrule a rule with a reason, which is counted', () => {
    const { findings, suppressed } = check(
      `-- x\n-- tributary:ignore sql/unbounded-write the table is rebuilt below\n\nDELETE\nFROM t;\nDELETE FROM u; -- tributary:ignore sql/unbounded-write same\nDELETE FROM v; -- tributary:ignore sql/unbounded-write\nSELECT '-- tributary:ignore sql/x y';`,
    );
    expect(suppressed.map(({ location }) => location.range?.startLine)).toEqual([4, 6]);
    expect(findings.map(({ ruleId, location }) => [ruleId, location.range?.startLine])).toEqual([
      ['sql/bare-suppression', 7],
      ['sql/unbounded-write', 7],
    ]);
  });

  it('with very many faults has a bounded list, and the rest counted', () => {
    const { findings, omitted } = check(`-- x\n${'DELETE FROM t;\n'.repeat(500)}`);
    expect([findings.length, omitted]).toEqual([200, 300]);
  });

  it('is judged by the profile', () => {
    expect(check(faulty, { profile: { 'sql/unbounded-write': { enabled: false } } }).findings.map(({ ruleId }) => ruleId)).not.toContain('sql/unbounded-write');
    expect(countBySeverity(check('-- x\nDELETE FROM t;', { profile: { 'sql/unbounded-write': { severity: 'info' } } }).findings)).toMatchObject({
      info: 1,
      blocker: 0,
    });
  });
});

it('[Z-002] full-width characters in a name are judged by the dialect', () => {
  const severities = (dialect: 'mysql' | 'hive' | 'generic') =>
    check('-- x\nSELECT a AS 金额（元 FROM t;', { dialect }).findings.map(({ severity }) => severity);
  expect([severities('mysql'), severities('generic'), severities('hive')]).toEqual([[], ['warning'], ['error']]);
});

describe('statements are found', () => {
  const statements = (text: string, dialect: 'generic' | 'mysql' | 'postgres' | 'hive' | 'oracle' = 'generic') =>
    checkSql({ path: 'a.sql', text, dialect }).statements;
  const flagged = (text: string) => check(text).findings.some(({ ruleId }) => ruleId === 'sql/unbounded-write');

  it.each([
    ['semicolons in texts and comments', 'SELECT \';\', ";", `;` -- ;\n/* ; */;', 1],
    ['dollar quotes', 'CREATE FUNCTION f() AS $x$ DELETE FROM t; $$; $x$; SELECT 1;', 2],
    ['DELIMITER', 'DELIMITER //\nSELECT 1//\nDELIMITER ;\nSELECT 2;', 4],
    ['client lines', "set x=it's;\n!ls;\nadd jar /a;\nSELECT 1", 4],
    ['placeholders', "SELECT ${a;b}, '{{ c }}' FROM {{ d }};", 1],
    ['nothing but comments', '-- a\n/* b */ ;;', 0],
  ])('%s', (_, text, count) => {
    expect(statements(text)).toBe(count);
  });

  it('inside BEGIN ... END, behind a table expression, behind THEN', () => {
    expect(flagged('CREATE PROCEDURE p() BEGIN SELECT 1; DELETE FROM t; END')).toBe(true);
    expect(flagged('BEGIN DELETE FROM t; END;')).toBe(true);
    expect(flagged('IF x > 1 THEN UPDATE t SET a = 1; END IF;')).toBe(true);
    expect(flagged('WITH x AS (SELECT 1) DELETE FROM t;')).toBe(true);
  });

  it('and nothing in texts, comments or bounded statements is taken for one', () => {
    for (const text of [
      "SELECT 'DELETE FROM t';",
      '/* DELETE FROM t; */ SELECT 1',
      '-- DELETE FROM t;',
      'DELETE FROM t USING u WHERE t.a = u.a',
      'DELETE FROM t ${where}',
      'DELETE t FROM t JOIN u ON t.a = u.a',
      'MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE',
      'SELECT a FROM t FOR UPDATE',
    ]) {
      expect([text, flagged(text)]).toEqual([text, false]);
    }
    expect(flagged('DELETE FROM ${table}')).toBe(true);
    expect(flagged('DELETE FROM ods_${env}_orders')).toBe(true);
  });
});

it.each([
  ['etl/hive/load.sql', '', 'hive'],
  ['a.sql', "CREATE TABLE t (a INT) WITH ('connector' = 'kafka')", 'flink'],
  ['a.sql', 'CREATE TABLE t (id INT AUTO_INCREMENT) ENGINE=InnoDB', 'mysql'],
  ['a.sql', 'CREATE TABLE t (a Int32) ENGINE = ReplicatedMergeTree() ORDER BY a', 'clickhouse'],
  ['a.sql', "SET hive.exec.parallel=true; INSERT OVERWRITE TABLE t PARTITION (dt='1') SELECT 1", 'hive'],
  ['a.sql', 'SELECT 1', 'generic'],
])('guesses %s %j as %s', (path, text, dialect) => {
  expect(detectDialect(path, text)).toBe(dialect);
});
