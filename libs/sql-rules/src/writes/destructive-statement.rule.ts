/** Statements that destroy data at once and for good: DROP of production tables and databases, TRUNCATE, CASCADE, PURGE. */
import { z } from 'zod';
import { nameEnd, spanOf, topLevel, upperAt, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';
import { matchesAny, tableName } from '../tables';

export const destructiveStatement = defineRule({
  id: 'sql/destructive-statement',
  title: { en: 'Destructive statement', zh: '破坏性语句' },
  why: {
    en: 'Dropped and truncated data cannot be rolled back. A release that needs it should say so, and have a backup.',
    zh: '删除或清空的数据无法回滚。确需执行时应当说明原因并提前备份。',
  },
  severity: 'warning',
  options: z.strictObject({
    productionTables: z
      .array(z.string())
      .default(['ods_*', 'dwd_*', 'dws_*', 'dwm_*', 'dim_*', 'ads_*', 'app_*', 'fact_*'])
      .describe('Tables that hold production data; * stands for anything'),
  }),
  examples: {
    flagged: [
      { source: 'DROP DATABASE IF EXISTS sales CASCADE;\n' },
      { source: 'TRUNCATE TABLE dwd_orders;\n' },
      { source: 'DROP TABLE IF EXISTS dw.dwd_orders PURGE;\n' },
      { source: 'ALTER TABLE dim_user DROP COLUMN phone;\n' },
    ],
    accepted: [
      { source: 'DROP TABLE IF EXISTS tmp_orders;\n' },
      { source: 'TRUNCATE TABLE tmp_orders;\n' },
      { source: "ALTER TABLE dwd_orders DROP IF EXISTS PARTITION (dt = '2024-01-01');\n" },
    ],
  },
  source: 'SOAR SEC.001, ALT.003; Bytebase STATEMENT_DISALLOW_TRUNCATE, STATEMENT_DISALLOW_RM_TBL_CASCADE',
  visits: 'statement',
  *check(statement, { options, complain }) {
    const what = destroyed(statement, options.productionTables);
    if (what === undefined) return;
    yield complain({
      at: spanOf(statement, statement.head, statement.tokens.length),
      message: { en: `This destroys ${what.en}`, zh: `该语句会销毁${what.zh}` },
    });
  },
});

function destroyed(statement: Statement, production: readonly string[]): { readonly en: string; readonly zh: string } | undefined {
  const { verb, head } = statement;
  const object = upperAt(statement, head + 1);
  const name = tableName(statement, nameAt(statement, head + 1));
  if (verb === 'TRUNCATE') return matchesAny(name, production) ? { en: `the data of ${name}`, zh: `表 ${name} 的数据` } : undefined;
  if (verb === 'DROP' && (object === 'DATABASE' || object === 'SCHEMA')) return { en: `the database ${name}`, zh: `整个数据库 ${name}` };
  if (verb === 'DROP' && object === 'TABLE' && (matchesAny(name, production) || endsWith(statement, ['CASCADE', 'PURGE'])))
    return { en: `the table ${name}`, zh: `表 ${name}` };
  if (verb === 'ALTER' && object === 'TABLE' && matchesAny(name, production) && dropsColumn(statement))
    return { en: `a column of ${name}`, zh: `表 ${name} 的字段` };
  return undefined;
}

/** Behind `TABLE`, `IF EXISTS` and the like. */
function nameAt(statement: Statement, from: number): number {
  let at = from;
  while (['TABLE', 'DATABASE', 'SCHEMA', 'IF', 'EXISTS', 'ONLY'].includes(upperAt(statement, at))) at += 1;
  return at;
}

function endsWith(statement: Statement, words: readonly string[]): boolean {
  return words.includes(upperAt(statement, statement.tokens.length - 1));
}

function dropsColumn(statement: Statement): boolean {
  const from = nameEnd(statement, nameAt(statement, statement.head + 1));
  for (const at of topLevel(statement, from, statement.tokens.length)) {
    if (upperAt(statement, at) === 'DROP' && ['COLUMN', 'COLUMNS'].includes(upperAt(statement, at + 1))) return true;
  }
  return false;
}
