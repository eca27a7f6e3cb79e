/** The sheet of schedules starts a workflow that has no tasks. */
import { z } from 'zod';
import { type Row } from '../book/task';
import { defineRule } from '../rule';
import { taskSheet } from '../sketch';
import { type ScheduleField } from '../template/fields';

const OFF = /^(?:n|no|否|off|false|0)$/i;

export const scheduleWithoutTasks = defineRule({
  id: 'excel/schedule-without-tasks',
  title: { en: 'Schedule of a workflow without tasks', zh: '调度的工作流没有任务' },
  why: { en: 'A renamed workflow keeps its old schedule line, and the new one never starts.', zh: '工作流改名后调度行仍是旧名称，新工作流永远不会启动。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      {
        source: {
          sheets: [
            taskSheet([{}]),
            {
              name: 'scheduler',
              rows: [
                ['enable', 'flow_name', 'cron'],
                [true, 'dayly_sales', '0 0 2 * * ?'],
              ],
            },
          ],
        },
      },
    ],
    accepted: [
      {
        source: {
          sheets: [
            taskSheet([{}]),
            {
              name: 'scheduler',
              rows: [
                ['enable', 'flow_name', 'cron'],
                [true, 'daily_sales', '0 0 2 * * ?'],
                [false, 'old_sales', '0 0 2 * * ?'],
              ],
            },
          ],
        },
      },
    ],
  },
  source: 'Azkaban helper: the sheet scheduler names the flows of the project sheets (github.com/JingZhang-Cherish/azkaban_helper, README-zh.md)',
  *check({ tasks, schedules }) {
    const workflows = new Set(tasks.map(({ workflow }) => workflow));
    const seen = new Set<string>();
    for (const row of schedules) {
      const workflow = row.text('workflow');
      if (workflow === '' || workflows.has(workflow) || isOff(row) || seen.has(workflow)) continue;
      seen.add(workflow);
      yield {
        message: { en: `${workflow} is scheduled, but has no tasks in this workbook`, zh: `${workflow} 配置了调度，但工作簿中没有它的任务` },
        location: row.at('workflow'),
        evidence: workflow,
        identity: `${row.table.sheet.name}/${row.text('project')}/${workflow}`,
      };
    }
  },
});

const isOff = (row: Row<ScheduleField>): boolean => row.has('enabled') && OFF.test(row.text('enabled'));
