/** `tributary gate watch` */
import { type Invocation } from '../invocation';
import { durationOption } from '../options';
import { tellVerdict } from '../watch/verdict';
import { sayHowToComeBack, watchTask } from '../watch/watch-task';
import { findTask } from './find-task';

export async function watchCommand(invocation: Invocation): Promise<number> {
  const timeoutMs = durationOption(invocation, 'timeout');
  const client = invocation.client();
  const begun = await findTask(client, invocation, invocation.argument(0));
  try {
    const task = await watchTask(client, invocation, begun.taskId, { timeoutMs, lines: invocation.json, begun });
    return await tellVerdict(client, invocation, task, 'line');
  } catch (error) {
    sayHowToComeBack(error, invocation, begun.taskId);
    throw error;
  }
}
