/** Which task is meant: people do not type 36 characters. */
import { ApiProblem, type ApiClient } from '@tributary/api-client';
import { type Task } from '@tributary/http-api';
import { CommandFailure } from '../failure';
import { type Invocation } from '../invocation';

const whole = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const beginning = /^[0-9a-f]{8}[0-9a-f-]*$/i;
/** Among so many of the newest tasks a beginning is looked for. */
const newestMax = 500;

/** Rejects with `CommandFailure` where none or several are meant, or as the API does. */
export async function findTask(client: ApiClient, invocation: Invocation, given: string): Promise<Task> {
  const { signal } = invocation;
  if (whole.test(given)) return await client.task(given.toLowerCase(), { signal });
  if (given === 'latest') return one((await client.tasks({ limit: 1 }, { signal })).items, given);
  if (beginning.test(given)) {
    const { items } = await client.tasks({ limit: newestMax }, { signal });
    const found = items.filter(({ taskId }) => taskId.startsWith(given.toLowerCase()));
    if (found.length > 1)
      throw new CommandFailure('TASK_AMBIGUOUS', 'taskAmbiguous', {
        given,
        found: found
          .slice(0, 5)
          .map(({ taskId }) => taskId)
          .join(', '),
      });
    if (found.length === 1) return one(found, given);
  }
  const at = given.lastIndexOf('@');
  const [product, version] = at > 0 ? [given.slice(0, at), given.slice(at + 1)] : [given, undefined];
  return one((await client.tasks({ product, version: version === '' ? undefined : version, limit: 1 }, { signal }).catch(noneWhereRefused)).items, given);
}

/** A name that cannot be one of a product names nothing. */
function noneWhereRefused(error: unknown): { items: readonly Task[] } {
  if (error instanceof ApiProblem && error.status === 400) return { items: [] };
  throw error;
}

function one([task]: readonly Task[], given: string): Task {
  if (task) return task;
  throw new CommandFailure('TASK_UNKNOWN', 'taskUnknown', { given }, { text: 'taskForms' });
}
