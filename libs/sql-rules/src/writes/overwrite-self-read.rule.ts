/** INSERT OVERWRITE of a table that the same statement reads. */
import { z } from 'zod';
import { clauseOf, nameEnd, spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';
import { tableName } from '../tables';

export const overwriteSelfRead = defineRule({
  id: 'sql/overwrite-self-read',
  title: { en: 'INSERT OVERWRITE of a table it reads', zh: 'INSERT OVERWRITE 覆盖自身读取的表' },
  why: {
    en: 'When the job fails after the old files were removed, there is nothing left to run it again from.',
    zh: '如果旧文件已删除而任务失败，源数据随之丢失，无法重跑。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: "INSERT OVERWRITE TABLE dwd_orders PARTITION (dt = '1')\nSELECT id FROM dwd_orders WHERE dt = '1';\n" }],
    accepted: [{ source: "INSERT OVERWRITE TABLE dwd_orders PARTITION (dt = '1')\nSELECT id FROM ods_orders WHERE dt = '1';\n" }],
  },
  source: 'Incidents with lost history; no peer has it',
  visits: 'statement',
  *check(statement, { complain }) {
    const { head, verb, blocks } = statement;
    if (verb !== 'INSERT' || upperAt(statement, head + 1) !== 'OVERWRITE') return;
    const name = head + (upperAt(statement, head + 2) === 'TABLE' ? 3 : 2);
    const target = tableName(statement, name);
    if (target === '' || upperAt(statement, head + 2) === 'DIRECTORY') return;
    const reading = blocks.find((block) => {
      const from = clauseOf(block, 'FROM');
      return (from && tableName(statement, from.from) === target) || block.joins.some(({ at }) => tableName(statement, at + 1) === target);
    });
    if (!reading) return;
    yield complain({
      at: spanOf(statement, head, nameEnd(statement, name)),
      message: { en: `This overwrites ${target} while reading it`, zh: `该语句在读取 ${target} 的同时将其覆盖` },
      fix: { en: 'Write to a staging table first', zh: '先写入中间表，再替换' },
    });
  },
});
