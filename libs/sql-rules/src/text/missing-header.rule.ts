/** A file that does not say what it is for. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { defineRule } from '../rule';

export const missingHeader = defineRule({
  id: 'sql/missing-header',
  title: { en: 'File without a header comment', zh: '文件缺少头部注释' },
  why: {
    en: 'Whoever is woken at night by its failure wants to know what it does and whom to ask.',
    zh: '夜间任务失败时，值班人员需要知道脚本的用途和负责人。',
  },
  severity: 'info',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT 1;\n' }],
    accepted: [{ source: '-- author: data platform team\n-- purpose: smoke test\nSELECT 1;\n' }, { source: '\n/* Smoke test */ SELECT 1;\n' }],
  },
  source: 'Alibaba DataWorks coding conventions',
  visits: 'file',
  *check({ lexed, statements }, { complain }) {
    if (statements === 0) return;
    let first = 0;
    while (first < lexed.count && lexed.kinds[first] === kinds.space) first += 1;
    if (lexed.kinds[first] === kinds.comment || lexed.kinds[first] === kinds.directive) return;
    const start = lexed.starts[first] ?? 0;
    yield complain({
      at: { start, end: start + 1 },
      identity: 'file',
      message: { en: 'The file does not say what it is for', zh: '文件开头没有说明用途' },
      fix: { en: 'Begin it with a comment: author and purpose', zh: '在文件开头注明作者和用途' },
    });
  },
});
