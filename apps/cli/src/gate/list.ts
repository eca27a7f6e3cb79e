/** `tributary gate list` */
import { items } from '@tributary/api-client';
import { type Task } from '@tributary/http-api';
import { type Invocation } from '../invocation';
import { numberOption } from '../options';
import { dateText, durationText } from '../quantities';
import { plain, table } from '../style';
import { paintedStatusWord, tookMs } from './words';

const pageMax = 500;

export async function listTasks(invocation: Invocation): Promise<number> {
  const limit = numberOption(invocation, 'limit', 1);
  const client = invocation.client();
  const query = { product: invocation.option('product'), version: invocation.option('version'), status: invocation.option('status') };
  const tasks: Task[] = [];
  for await (const task of items((page) => client.tasks({ ...query, ...page }, { signal: invocation.signal }), { limit: Math.min(limit, pageMax) })) {
    tasks.push(task);
    if (tasks.length >= limit) break;
  }
  if (invocation.json) {
    invocation.printJson({ items: tasks });
    return 0;
  }
  if (tasks.length === 0) {
    invocation.note(invocation.text('noTasks'));
    return 0;
  }
  const { style } = invocation;
  const heads = (['columnTask', 'columnStatus', 'columnProduct', 'columnVersion', 'columnAt', 'columnTook', 'columnParticipants'] as const).map((key) =>
    invocation.text(key),
  );
  const rows = tasks.map((task) => rowOf(task, invocation));
  const statuses = tasks.map(({ status }) => paintedStatusWord(status, invocation, style));
  invocation.print(...table([heads, ...rows], (cell, column, row) => (row === 0 ? style('dim', cell) : column === 1 ? (statuses[row - 1] ?? cell) : cell)));
  return 0;
}

function rowOf(task: Task, invocation: Invocation): string[] {
  const took = tookMs(task);
  return [
    task.taskId,
    paintedStatusWord(task.status, invocation, (_, text) => text),
    plain(task.product),
    plain(task.version),
    dateText(task.createdAt),
    took === undefined ? '' : durationText(took),
    plain(task.observedTypes.join(' ')),
  ];
}
