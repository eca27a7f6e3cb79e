/** `tributary gate facts` */
import { items } from '@tributary/api-client';
import { type ToldFact } from '@tributary/http-api';
import { type Invocation } from '../invocation';
import { clockText } from '../quantities';
import { plain } from '../style';
import { whyText } from '../tell-failure';
import { findTask } from './find-task';
import { factText } from './words';

export async function printFacts(invocation: Invocation): Promise<number> {
  const client = invocation.client();
  const { signal } = invocation;
  const { taskId } = await findTask(client, invocation, invocation.argument(0));
  if (invocation.switch('follow')) {
    const onConnection = (state: string, attempt: number, error?: unknown): void => {
      if (state === 'reconnecting' && error !== undefined) invocation.note(invocation.text('notLive', { why: whyText(error, invocation.language), attempt }));
    };
    for await (const { fact } of client.follow(taskId, { follow: true, signal, onConnection })) print(fact, invocation);
    signal.throwIfAborted();
    return 0;
  }
  const facts: ToldFact[] = [];
  for await (const fact of items((page) => client.facts(taskId, page, { signal }))) {
    if (invocation.json) facts.push(fact);
    else print(fact, invocation);
  }
  if (invocation.json) invocation.printJson({ items: facts });
  return 0;
}

function print(fact: ToldFact, invocation: Invocation): void {
  if (invocation.json) {
    invocation.printJson(fact, 'line');
    return;
  }
  const late = fact['late'] === true ? invocation.style('fair', invocation.text('factLate')) : '';
  invocation.print(`${clockText(fact.time)}  ${invocation.style('dim', plain(fact.type).padEnd(19))}  ${factText(fact, invocation)}${late}`);
}
