/** `tributary dead-letters ...` */
import { items } from '@tributary/api-client';
import { type DeadLetter } from '@tributary/http-api';
import { CommandFailure } from '../failure';
import { type Invocation } from '../invocation';
import { numberOption } from '../options';
import { dateText } from '../quantities';
import { plain, table } from '../style';

export async function listLetters(invocation: Invocation): Promise<number> {
  const limit = numberOption(invocation, 'limit', 1);
  const client = invocation.client();
  const query = { state: invocation.option('state'), group: invocation.option('group'), topic: invocation.option('topic'), factId: invocation.option('fact') };
  const letters: DeadLetter[] = [];
  for await (const letter of items((page) => client.deadLetters({ ...query, ...page }, { signal: invocation.signal }), { limit: Math.min(500, limit) })) {
    letters.push(letter);
    if (letters.length >= limit) break;
  }
  if (invocation.json) invocation.printJson({ items: letters });
  else if (letters.length === 0) invocation.note(invocation.text('noLetters'));
  else invocation.print(...letterTable(letters, invocation));
  return 0;
}

function letterTable(letters: readonly DeadLetter[], invocation: Invocation): string[] {
  const heads = (['columnLetter', 'columnState', 'columnGroup', 'columnFact', 'columnReason', 'columnAt'] as const).map((key) => invocation.text(key));
  const rows = letters.map(({ id, state, group, type, topic, reason, at }) => [id, state, plain(group), plain(type ?? topic), plain(reason), dateText(at)]);
  return table([heads, ...rows], (cell, column, row) => {
    if (row === 0) return invocation.style('dim', cell);
    return column === 1 ? invocation.style(cell === 'open' ? 'fair' : 'dim', cell) : cell;
  });
}

export async function showLetter(invocation: Invocation): Promise<number> {
  const id = invocation.argument(0);
  const client = invocation.client();
  for await (const letter of items((page) => client.deadLetters(page, { signal: invocation.signal }))) {
    if (letter.id !== id.toLowerCase()) continue;
    tell(letter, invocation);
    return 0;
  }
  throw new CommandFailure('DEAD_LETTER_UNKNOWN', 'letterUnknown', { id });
}

function tell(letter: DeadLetter, invocation: Invocation): void {
  if (invocation.json) {
    invocation.printJson(letter);
    return;
  }
  const rows = Object.entries(letter).map(([name, value]) => [`  ${name}`, plain(typeof value === 'object' ? JSON.stringify(value) : String(value))]);
  invocation.print(...table(rows, (cell, column) => (column === 0 ? invocation.style('dim', cell) : cell)));
}

export async function replayLetter(invocation: Invocation): Promise<number> {
  const letter = await invocation.client().replay(invocation.argument(0), invocation.option('reason'), { signal: invocation.signal });
  return decided(letter, 'letterReplayed', invocation);
}

export async function discardLetter(invocation: Invocation): Promise<number> {
  const letter = await invocation.client().discard(invocation.argument(0), invocation.option('reason'), { signal: invocation.signal });
  return decided(letter, 'letterDiscarded', invocation);
}

function decided(letter: DeadLetter, text: 'letterReplayed' | 'letterDiscarded', invocation: Invocation): number {
  if (invocation.json) invocation.printJson(letter);
  else invocation.print(invocation.quiet ? letter.id : invocation.text(text, { group: plain(letter.group), type: plain(letter.type ?? letter.topic) }));
  return 0;
}
