/** Opaque cursors of lists: where the next page begins. */
import { Problem } from './http/problem';

export function cursorOf(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws a `Problem` (400) that names the parameter when it is none of ours. */
export function placeOf<Keys extends string>(cursor: string, keys: readonly Keys[]): Record<Keys, string | number> {
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Record<string, unknown>;
    if (keys.every((key) => typeof value[key] === 'string' || typeof value[key] === 'number')) return value as Record<Keys, string | number>;
  } catch {
    // Falls through to the refusal.
  }
  const message = { en: 'not a cursor of this list', zh: '游标无效' };
  throw new Problem(
    400,
    'INVALID_QUERY',
    { en: 'The cursor is not one that this list gave out.', zh: '游标无效，请从首页重新查询。' },
    { errors: [{ parameter: 'cursor', code: 'INVALID_CURSOR', message }] },
  );
}
