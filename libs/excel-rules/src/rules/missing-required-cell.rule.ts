/** A task leaves a required column empty. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';
import { labelOf } from '../template/fields';

export const missingRequiredCell = defineRule({
  id: 'excel/missing-required-cell',
  title: { en: 'Required cell is empty', zh: '必填单元格为空' },
  why: { en: 'The import stops at the row or fills in a default that nobody chose.', zh: '导入会在该行中断，或填入无人选择过的默认值。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 任务类型: null }) }, { source: taskBook({ 工作流名称: ' ' }) }],
    accepted: [{ source: taskBook({}) }],
  },
  source: 'Azkaban helper: titles and columns of the template are fixed and must be filled (github.com/JingZhang-Cherish/azkaban_helper, README-zh.md)',
  *check({ tasks, recognised }) {
    const fields = recognised.template.filled.filter((field) => field !== 'name' && field !== 'owner');
    for (const task of tasks) {
      for (const field of fields) {
        if (!task.has(field) || task.text(field) !== '') continue;
        const { en, zh } = labelOf(field);
        yield {
          message: { en: `${task.name} has no ${en}`, zh: `${task.name} 缺少${zh}` },
          location: task.at(field),
          identity: `${task.identity}#${field}`,
        };
      }
    }
  },
});
