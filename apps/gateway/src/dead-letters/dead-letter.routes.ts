/** Dead letters: who refused what, and what became of it. */
import { Text } from '@tributary/facts';
import { type Call, cursorOf, instant, notFound, pageQuery, placeOf, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { asProblem } from '../availability';
import { cursor, invalidCursor } from '../tasks/list-cursor';
import { deadLetterShape, deadLetterStates, listOf } from '@tributary/http-api';
import { type DeadLetterItem, type DeadLetterMemory } from './dead-letter.memory';
import { type DecisionRequest } from './dead-letters';

export interface DeadLetterRoutesOptions {
  readonly memory: Pick<DeadLetterMemory, 'list'>;
  readonly letters: {
    replay(request: DecisionRequest): Promise<DeadLetterItem>;
    discard(request: DecisionRequest): Promise<DeadLetterItem>;
  };
}

const lettersPath = '/api/v1/dead-letters';
const name = z.string().min(1).max(255).optional();
const query = z.strictObject({ factId: name, topic: name, group: name, state: z.enum(deadLetterStates).optional(), ...pageQuery, cursor });
const body = z.strictObject({ reason: Text.optional() });

export function deadLetterRoutes({ memory, letters }: DeadLetterRoutesOptions): Route[] {
  const tag = 'operations';
  return [
    route(
      {
        method: 'GET',
        path: lettersPath,
        summary: { en: 'Facts that a group gave up on, newest first', zh: '死信列表，最新在前' },
        tag,
        query,
        responses: { 200: { says: 'A page of dead letters, one for each group that refused a fact.', schema: listOf(deadLetterShape) } },
      },
      async (call) => {
        const { limit, cursor: given, ...filter } = call.query;
        const before = given === undefined ? undefined : numberFrom(given);
        const found = await orUnavailable(memory.list('default', filter, limit + 1, before));
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return { status: 200, body: { items: items.map(shown), ...(found.length > limit && last && { nextCursor: cursorOf({ number: last.number }) }) } };
      },
    ),
    route(
      {
        method: 'POST',
        path: `${lettersPath}/{id}/replay`,
        summary: { en: 'Let the group take it again', zh: '重放死信' },
        tag,
        body,
        responses: { 202: { says: 'The group takes it again; no other group sees it twice.', schema: deadLetterShape } },
      },
      async (call) => ({ status: 202, body: shown(await orUnavailable(letters.replay(requestOf(call)))) }),
    ),
    route(
      {
        method: 'POST',
        path: `${lettersPath}/{id}/discard`,
        summary: { en: 'Note that it needs no replay', zh: '丢弃死信' },
        tag,
        body,
        responses: { 200: { says: 'Noted: who, when, why.', schema: deadLetterShape } },
      },
      async (call) => ({ status: 200, body: shown(await orUnavailable(letters.discard(requestOf(call)))) }),
    ),
  ];
}

function requestOf({ params, actor, body: { reason }, span }: Call<undefined, z.infer<typeof body>>): DecisionRequest {
  const id = params['id'] ?? '';
  if (!z.uuid().safeParse(id).success) throw notFound({ en: 'There is no such dead letter.', zh: '死信不存在。' });
  return { tenant: 'default', id: id.toLowerCase(), by: actor, because: reason, traceparent: span.traceparent };
}

function shown({ id, factId, type, topic, group, partition, offset, key, reason, detail, at, state, decided }: DeadLetterItem): Record<string, unknown> {
  const who = decided && { by: decided.by, at: instant(decided.at), reason: decided.because };
  return { id, factId, type, topic, group, partition, offset, key, reason, detail, at: instant(at), state, decided: who };
}

function numberFrom(given: string): number {
  const { number } = placeOf(given, ['number']);
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw invalidCursor();
}

async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asProblem(error);
  }
}
