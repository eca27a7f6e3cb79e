/** The `Idempotency-Key` of a request: whoever repeats a POST with it gets the answer of the first. */
import { type IncomingMessage } from 'node:http';
import { type Fault, Problem } from './problem';

/** Undefined without one; a `Problem` (400) unless it has 1 to 255 characters. */
export function idempotencyKeyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 255) return key;
  const message = { en: 'a key has 1 to 255 characters', zh: '长度须为 1 到 255 个字符' };
  const fault: Fault = { parameter: 'Idempotency-Key', code: 'INVALID_IDEMPOTENCY_KEY', message };
  throw new Problem(400, 'INVALID_IDEMPOTENCY_KEY', { en: 'The Idempotency-Key is not valid.', zh: 'Idempotency-Key 无效。' }, { errors: [fault] });
}
