/** GRANT ALL, or a grant to everybody. */
import { z } from 'zod';
import { spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

export const broadGrant = defineRule({
  id: 'sql/broad-grant',
  title: { en: 'Grant of everything, or to everybody', zh: '授权范围过大' },
  why: { en: 'Rights that nobody needs are the ones that an intruder, or a mistake, uses.', zh: '多余的权限会被误操作或入侵者利用。' },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'GRANT ALL PRIVILEGES ON *.* TO etl;\n' }, { source: 'GRANT SELECT ON TABLE t TO PUBLIC;\n' }],
    accepted: [{ source: 'GRANT SELECT ON TABLE t TO ROLE analyst;\n' }, { source: 'REVOKE ALL PRIVILEGES ON t FROM etl;\n' }],
  },
  source: 'CIS benchmarks; least privilege',
  visits: 'statement',
  *check(statement, { complain }) {
    const { head, verb, tokens } = statement;
    if (verb !== 'GRANT') return;
    const everything = upperAt(statement, head + 1) === 'ALL';
    const everybody = tokens.some(({ upper }, at) => upper === 'PUBLIC' && upperAt(statement, at - 1) === 'TO');
    if (!everything && !everybody) return;
    yield complain({
      at: spanOf(statement, head, tokens.length),
      message: everything ? { en: 'This grants every right', zh: '该语句授予全部权限' } : { en: 'This grants to everybody', zh: '该语句向所有人授权' },
      fix: { en: 'Grant the rights that are needed to the role that needs them', zh: '只向需要的角色授予必要的权限' },
    });
  },
});
