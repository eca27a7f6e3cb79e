/** A global sort of everything, on engines where one node does it. */
import { z } from 'zod';
import { clauseOf, spanOf, textOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

export const orderByWithoutLimit = defineRule({
  id: 'sql/order-by-without-limit',
  title: { en: 'ORDER BY without LIMIT', zh: 'ORDER BY 缺少 LIMIT' },
  why: {
    en: 'One reducer sorts all rows: slow, and out of memory on big tables. In an INSERT or a subquery the order is lost anyway.',
    zh: '全局排序只由一个节点完成，大表会非常慢甚至内存溢出；写入或子查询中的排序通常没有意义。',
  },
  severity: 'warning',
  dialects: ['generic', 'hive', 'spark', 'impala', 'trino', 'doris', 'starrocks'],
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT id FROM dwd_orders ORDER BY id;\n' }],
    accepted: [
      { source: 'SELECT id FROM dwd_orders ORDER BY id LIMIT 100;\n' },
      { source: 'SELECT id, ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) AS n FROM t;\n' },
      { source: 'SELECT id FROM dwd_orders SORT BY id;\n' },
    ],
  },
  source: 'Hive hive.strict.checks.orderby.no.limit; PawSQL',
  visits: 'query',
  *check(block, { complain }) {
    const { statement } = block;
    const order = clauseOf(block, 'ORDER BY');
    // SORT, CLUSTER and DISTRIBUTE BY are spread over all nodes; a limit may stand in another form behind.
    if (!order || order.to === order.from || upperAt(statement, order.keyword) !== 'ORDER' || clauseOf(block, 'LIMIT')) return;
    const rest = textOf(statement, order.to, block.end).toUpperCase();
    if (/^(?:FETCH|OFFSET|TOP)\b/.test(rest)) return;
    yield complain({
      at: spanOf(statement, order.keyword, order.to),
      message: { en: 'All rows are sorted on one node', zh: '对全部数据做全局排序' },
      fix: { en: 'Add LIMIT, or leave the order to the reader', zh: '添加 LIMIT，或去掉排序' },
    });
  },
});
