/** INSERT INTO that trusts the order of the table's columns. */
import { z } from 'zod';
import { nameEnd, spanOf, upperAt, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';

const columnsFollow = new Set(['VALUES', 'VALUE', 'SELECT', 'WITH', 'TABLE', 'FROM']);

export const insertWithoutColumns = defineRule({
  id: 'sql/insert-without-columns',
  title: { en: 'INSERT without a column list', zh: 'INSERT 未列出字段' },
  why: {
    en: 'A column that is added to the table later shifts the values into the wrong columns, or breaks the job.',
    zh: '表结构新增字段后，数据会错位写入，或任务直接失败。',
  },
  severity: 'info',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'INSERT INTO dim_user VALUES (1, 2);\n' }],
    accepted: [
      { source: 'INSERT INTO dim_user (id, level) VALUES (1, 2);\n' },
      { source: "INSERT INTO dwd_orders PARTITION (dt = '1') SELECT id FROM t;\n", note: 'Hive knows no column list beside a partition in older versions.' },
    ],
  },
  source: 'SonarSource RSPEC S1745; Bytebase INSERT_MUST_SPECIFY_COLUMN; SOAR COL.002',
  visits: 'word',
  words: ['INTO'],
  *check({ statement, at }, { complain }) {
    if (!['INSERT', 'REPLACE', 'IGNORE'].includes(upperAt(statement, at - 1)) || statement.verb === 'MERGE') return;
    const name = upperAt(statement, at + 1) === 'TABLE' ? at + 2 : at + 1;
    const end = nameEnd(statement, name);
    if (end === name || !columnsFollow.has(upperAt(statement, end)) || isFunction(statement, name)) return;
    yield complain({
      at: spanOf(statement, at - 1, end),
      message: { en: 'The columns are not named: their order in the table decides', zh: '未列出字段，写入位置取决于表的字段顺序' },
      fix: { en: 'Name the columns behind the table', zh: '在表名后列出字段' },
    });
  },
});

function isFunction(statement: Statement, at: number): boolean {
  return upperAt(statement, at) === 'FUNCTION';
}
