/** Every cron expression of a workbook, of tasks and of schedules alike. */
import { cycleOf, type Cycle } from '../cycle';
import { type Book } from './book';
import { type CellLocation } from './task';

export interface Cron {
  readonly expression: string;
  /** The cycle that stands beside it, where there is one. */
  readonly cycle: Cycle | undefined;
  /** Whom it starts. */
  readonly of: string;
  readonly location: CellLocation;
  readonly identity: string;
}

export function crons({ tasks, schedules }: Pick<Book, 'tasks' | 'schedules'>): readonly Cron[] {
  const ofTasks = tasks.map((task) => ({
    expression: task.text('cron'),
    cycle: cycleOf(task.text('cycle')),
    of: task.name,
    location: task.at('cron'),
    identity: task.identity,
  }));
  const ofSchedules = schedules.map((row) => ({
    expression: row.text('cron'),
    cycle: cycleOf(row.text('cycle')),
    of: row.text('workflow'),
    location: row.at('cron'),
    identity: `${row.table.sheet.name}/${row.text('project')}/${row.text('workflow')}`,
  }));
  return [...ofTasks, ...ofSchedules].filter(({ expression }) => expression !== '');
}
