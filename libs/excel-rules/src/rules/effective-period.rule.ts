/** A task whose effective period is empty, over, or no period at all. */
import { type Complaint } from '@tributary/findings';
import { z } from 'zod';
import { type Task } from '../book/task';
import { momentIn } from '../moment';
import { defineRule } from '../rule';
import { bookOf } from '../sketch';

const header = ['任务名称', '任务类型', '命令', '工作流名称', '负责人', '生效日期', '失效日期'];
const row = (from: string | null, to: string | null) => bookOf('任务', header, ['load', 'SHELL', 'sh a.sh', 'daily', 'li', from, to]);
/** Zones reach from UTC-12 to UTC+14, and a day lasts until its end. */
const IN_DOUBT_MS = 36 * 3_600_000;

export const effectivePeriod = defineRule({
  id: 'excel/effective-period',
  title: { en: 'Effective period is empty or over', zh: '生效区间为空或已过期' },
  why: { en: 'Outside its period the task does not run, and no alarm tells.', zh: '在生效区间之外任务不会运行，也没有告警。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: row('2030-01-01', '2020-01-01') },
      { source: row('2026-02-30', null) },
      { source: row('2001-01-01', '2001-12-31'), note: 'over before the upload' },
    ],
    accepted: [{ source: row('2026/01/01', '2099-12-31') }, { source: row('20260101', null) }, { source: row(null, null) }],
  },
  source: 'WeData: instances are created within the effective time only (tencentcloud.com/zh/document/product/1174/65220)',
  *check({ tasks, uploadedAt }) {
    for (const task of tasks) {
      const [from, to] = [momentIn(task.value('startTime')), momentIn(task.value('endTime'))];
      for (const field of ['startTime', 'endTime'] as const) {
        if (task.text(field) === '' || momentIn(task.value(field)) !== undefined) continue;
        yield said(task, field, { en: `${task.text(field)} is no day of the calendar (${task.name})`, zh: `${task.name} 的日期 ${task.text(field)} 无效` });
      }
      if (to === undefined) continue;
      if (from !== undefined && to < from)
        yield said(task, 'endTime', { en: `The period of ${task.name} ends before it starts`, zh: `${task.name} 的失效日期早于生效日期` });
      else if (uploadedAt !== undefined && to + IN_DOUBT_MS < uploadedAt)
        yield {
          ...said(task, 'endTime', { en: `The period of ${task.name} was over before this upload`, zh: `${task.name} 在上传前已失效` }),
          severity: 'warning',
        };
    }
  },
});

function said(task: Task, field: 'startTime' | 'endTime', message: Complaint['message']): Complaint {
  return { message, location: task.at(field), evidence: task.text(field), identity: `${task.identity}#${field}` };
}
