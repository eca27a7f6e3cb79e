/** DROP that fails when the object is already gone, which makes a script that cannot be run twice. */
import { z } from 'zod';
import { spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

const objects = new Set(['TABLE', 'VIEW', 'DATABASE', 'SCHEMA', 'FUNCTION', 'PROCEDURE']);
const adjectives = new Set(['MATERIALIZED', 'TEMPORARY', 'EXTERNAL', 'FOREIGN']);

export const dropWithoutIfExists = defineRule({
  id: 'sql/drop-without-if-exists',
  title: { en: 'DROP without IF EXISTS', zh: 'DROP 缺少 IF EXISTS' },
  why: {
    en: 'A release that is run again after a failure stops here, because the object is gone already.',
    zh: '上线失败后重跑脚本时，对象已被删除，执行到此处会报错中断。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'DROP TABLE ods_orders;\n' }, { source: 'DROP MATERIALIZED VIEW v;\n' }],
    accepted: [{ source: 'DROP TABLE IF EXISTS ods_orders;\n' }, { source: 'ALTER TABLE t DROP COLUMN c;\n' }],
  },
  source: 'SOAR SEC.003',
  visits: 'word',
  words: ['DROP'],
  *check({ statement, at }, { complain, dialect }) {
    // Oracle learned it in version 23 only.
    if (at !== statement.head || dialect === 'oracle') return;
    const object = adjectives.has(upperAt(statement, at + 1)) ? at + 2 : at + 1;
    if (!objects.has(upperAt(statement, object)) || upperAt(statement, object + 1) === 'IF') return;
    yield complain({
      at: spanOf(statement, at, statement.tokens.length),
      message: { en: `DROP ${upperAt(statement, object)} fails when there is none`, zh: `对象不存在时 DROP ${upperAt(statement, object)} 会报错` },
      fix: { en: 'Add IF EXISTS', zh: '补充 IF EXISTS' },
    });
  },
});
