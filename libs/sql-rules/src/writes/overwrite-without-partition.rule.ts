/** INSERT OVERWRITE of a whole table. */
import { z } from 'zod';
import { nameEnd, spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';
import { matchesAny, tableName } from '../tables';

export const overwriteWithoutPartition = defineRule({
  id: 'sql/overwrite-without-partition',
  title: { en: 'INSERT OVERWRITE without PARTITION', zh: 'INSERT OVERWRITE 未指定分区' },
  why: {
    en: 'If the table is partitioned, all its history is replaced by what this one run selects (or the statement fails, depending on a setting).',
    zh: '如果目标是分区表，所有历史分区都会被本次结果覆盖（或因参数不同而直接报错）。',
  },
  severity: 'warning',
  options: z.strictObject({
    unpartitionedTables: z
      .array(z.string())
      .default(['tmp_*', 'temp_*', '*_tmp', '*_temp', 'dim_*'])
      .describe('Tables that are known to have no partitions; * stands for anything'),
  }),
  examples: {
    flagged: [{ source: 'INSERT OVERWRITE TABLE dwd_orders\nSELECT id FROM ods_orders;\n' }],
    accepted: [
      { source: "INSERT OVERWRITE TABLE dwd_orders PARTITION (dt = '${dt}')\nSELECT id FROM ods_orders;\n" },
      { source: 'INSERT OVERWRITE TABLE tmp_orders SELECT id FROM ods_orders;\n' },
      { source: "INSERT OVERWRITE DIRECTORY '/tmp/out' SELECT id FROM t;\n" },
    ],
  },
  source: 'Incidents with lost history; no peer has it',
  visits: 'word',
  words: ['OVERWRITE'],
  *check({ statement, at }, { options, complain }) {
    if (upperAt(statement, at - 1) !== 'INSERT' || ['DIRECTORY', 'LOCAL'].includes(upperAt(statement, at + 1))) return;
    const name = upperAt(statement, at + 1) === 'TABLE' || upperAt(statement, at + 1) === 'INTO' ? at + 2 : at + 1;
    const end = nameEnd(statement, name);
    // Doris names partitions behind the table too; a list of columns may stand between.
    const behind = upperAt(statement, end) === '(' ? (statement.pairs[end] ?? end) + 1 : end;
    if ([end, behind].some((index) => ['PARTITION', 'PARTITIONS', 'REPLACE'].includes(upperAt(statement, index)))) return;
    if (end === name || matchesAny(tableName(statement, name), options.unpartitionedTables)) return;
    yield complain({
      at: spanOf(statement, at - 1, end),
      message: { en: 'This replaces the whole table, every partition of it', zh: '该语句会覆盖整张表的所有分区' },
      fix: { en: 'Name the partition: PARTITION (dt = ...)', zh: '指定分区：PARTITION (dt = ...)' },
    });
  },
});
