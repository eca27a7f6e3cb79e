/** `tributary gate cancel` and `tributary gate rescan` */
import { type Invocation } from '../invocation';
import { durationOption } from '../options';
import { tellVerdict } from '../watch/verdict';
import { sayHowToComeBack, watchTask } from '../watch/watch-task';
import { findTask } from './find-task';

export async function cancelTask(invocation: Invocation): Promise<number> {
  const client = invocation.client();
  const { taskId } = await findTask(client, invocation, invocation.argument(0));
  const answer = await client.cancel(taskId, invocation.option('reason'), { signal: invocation.signal });
  if (invocation.json) invocation.printJson(answer);
  else invocation.print(invocation.quiet ? taskId : invocation.text('cancelled', { taskId }));
  return 0;
}

export async function rescanTask(invocation: Invocation): Promise<number> {
  const timeoutMs = durationOption(invocation, 'timeout');
  const client = invocation.client();
  const { taskId } = await findTask(client, invocation, invocation.argument(0));
  const answer = await client.rescan(taskId, invocation.option('reason'), { signal: invocation.signal });
  if (!invocation.switch('wait')) {
    if (invocation.json) invocation.printJson(answer);
    else invocation.print(invocation.quiet ? taskId : invocation.text('rescanned', { taskId }));
    return 0;
  }
  invocation.note(invocation.text('rescanned', { taskId }));
  try {
    return await tellVerdict(client, invocation, await watchTask(client, invocation, taskId, { timeoutMs, fromRound: Number(answer['round'] ?? 1) }));
  } catch (error) {
    sayHowToComeBack(error, invocation, taskId);
    throw error;
  }
}
