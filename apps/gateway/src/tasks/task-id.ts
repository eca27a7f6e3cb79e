/** Ids of tasks as paths carry them. */
import { type Call, notFound, type Problem } from '@tributary/service-kit';
import { z } from 'zod';

const uuid = z.uuid();

/** Lower case, as facts and store keys carry it. Throws a `Problem` (404): what is no id names no task. */
export function taskIdOf({ params }: Pick<Call, 'params'>): string {
  const given = params['taskId'] ?? '';
  if (!uuid.safeParse(given).success) throw noSuchTask(given);
  return given.toLowerCase();
}

export function noSuchTask(taskId: string): Problem {
  return notFound({ en: `There is no task ${taskId.slice(0, 100)}.`, zh: `任务 ${taskId.slice(0, 100)} 不存在。` });
}
