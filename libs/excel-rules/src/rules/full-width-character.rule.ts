/** Full-width letters, digits or signs where a program reads. */
import { z } from 'zod';
import { tableCells } from '../book/table-cells';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';
import { type TaskField } from '../template/fields';

const READ_BY_PROGRAMS: ReadonlySet<TaskField> = new Set([
  'name',
  'workflow',
  'project',
  'type',
  'cron',
  'script',
  'upstream',
  'retry',
  'retryInterval',
  'timeout',
]);
const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;

export const fullWidthCharacter = defineRule({
  id: 'excel/full-width-character',
  title: { en: 'Full-width character', zh: '全角字符' },
  why: { en: 'Input methods slip in ，（ or １ that look right and match nothing.', zh: '输入法容易混入全角字符，看似正确却无法匹配。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: taskBook({ 任务名称: 'load＿orders' }) },
      { source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b' }, { 任务名称: 'c', 上游任务: 'a，b' }) },
    ],
    accepted: [{ source: taskBook({ 任务名称: '加载订单' }), note: 'Chinese names are fine' }],
  },
  source: 'Unicode Standard Annex #15: NFKC folds half- and full-width forms; importers do not',
  *check({ recognised }) {
    for (const { table, field, address, value, column, rowIdentity } of tableCells(recognised)) {
      if (!READ_BY_PROGRAMS.has(field) || typeof value !== 'string') continue;
      const found = [...new Set(value.trim().match(FULL_WIDTH) ?? [])];
      if (found.length === 0) continue;
      yield {
        message: { en: `Full-width ${found.slice(0, 5).join(' ')} where a program reads`, zh: `程序读取的单元格中含全角字符 ${found.slice(0, 5).join(' ')}` },
        location: { sheet: table.sheet.name, cell: address },
        evidence: value,
        identity: `${rowIdentity}#${column}`,
        fix: { en: 'Type it in half width.', zh: '请改用半角输入。' },
      };
    }
  },
});
