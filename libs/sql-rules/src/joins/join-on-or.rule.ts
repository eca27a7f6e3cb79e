/** OR in the condition of a join. */
import { z } from 'zod';
import { spanOf, topLevel, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

export const joinOnOr = defineRule({
  id: 'sql/join-on-or',
  title: { en: 'OR in a join condition', zh: '关联条件中使用 OR' },
  why: {
    en: 'There is no key to join by: the engine compares every row with every row.',
    zh: '没有等值关联键，引擎只能逐行比较，性能等同笛卡尔积。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT a.id FROM a JOIN b ON a.x = b.x OR a.y = b.y;\n' }],
    accepted: [{ source: 'SELECT a.id FROM a JOIN b ON a.x = b.x AND (b.y = 1 OR b.y = 2);\n' }],
  },
  source: 'Huawei MRS Hive SQL conventions',
  visits: 'query',
  *check({ clauses, statement }, { complain }) {
    for (const { name, from, to } of clauses) {
      if (name !== 'ON') continue;
      for (const at of topLevel(statement, from, to)) {
        if (upperAt(statement, at) !== 'OR') continue;
        yield complain({
          at: spanOf(statement, from, to),
          message: { en: 'OR leaves no key to join by', zh: '使用 OR 后没有可用的关联键' },
          fix: { en: 'Join twice and UNION ALL, or join by one key', zh: '拆分为两次关联后 UNION ALL，或只用一个关联键' },
        });
        break;
      }
    }
  },
});
