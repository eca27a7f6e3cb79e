/** `tributary worker check` */
import { items } from '@tributary/api-client';
import { type ToldFact } from '@tributary/http-api';
import { breachesOf } from '@tributary/taking-part';
import { type Invocation } from '../invocation';
import { plain } from '../style';
import { findTask } from './find-task';

/** 0: it keeps to the contract. 1: it does not, or has told nothing. */
export async function checkWorker(invocation: Invocation): Promise<number> {
  const client = invocation.client();
  const { signal, language } = invocation;
  const type = invocation.argument(0);
  const task = await findTask(client, invocation, invocation.argument(1) || 'latest');
  const { taskId, revision, openRound } = task;
  const facts: ToldFact[] = [];
  for await (const fact of items((page) => client.facts(taskId, page, { signal }))) facts.push(fact);
  const told = facts.filter(({ data }) => data['subTaskType'] === type);
  const breaches = breachesOf({ subTaskType: type, facts, settled: revision > 0 && openRound === undefined });
  const isSound = told.length > 0 && breaches.length === 0;
  if (invocation.json) {
    invocation.printJson({ taskId, type, told: told.length, breaches });
    return isSound ? 0 : 1;
  }
  const typeOf = new Map(facts.map((fact) => [fact.id, fact.type]));
  if (told.length === 0) {
    invocation.print(invocation.text('workerSilent', { type: plain(type), taskId }));
    invocation.note(invocation.text('workerSilentWhy', { command: invocation.commandLine('dead-letters', 'list') }));
  } else if (isSound) invocation.print(invocation.style('good', invocation.text('workerSound', { type: plain(type), told: told.length })));
  else
    invocation.print(
      invocation.style(
        'bad',
        invocation.text('workerBroken', { type: plain(type), told: told.length, n: breaches.length, s: breaches.length === 1 ? '' : 's' }),
      ),
    );
  for (const { code, factId, says } of breaches)
    invocation.print(`  ${invocation.style('strong', code)}  ${typeOf.get(factId ?? '') ?? ''} ${factId ?? ''}`, `    ${plain(says[language])}`);
  return isSound ? 0 : 1;
}
