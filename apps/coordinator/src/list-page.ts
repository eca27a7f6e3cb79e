/** Pages of lists: what is shown, and where the next one goes on. */
import { cursorOf, placeOf } from '@tributary/service-kit';
import { type TaskQuery, type TaskRecord } from './gate.memory';

/** One record more than `limit` was asked for: it tells whether there is a next page. */
export function page<R, D>(
  found: readonly R[],
  limit: number,
  document: (record: R) => D,
  place: (record: R) => Record<string, string | number>,
): { items: D[]; nextCursor?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(document), ...(found.length > limit && last !== undefined && { nextCursor: cursorOf(place(last)) }) };
}

export function placeOfTask({ taskId, created }: TaskRecord): Record<string, string> {
  return { at: created?.at ?? '', id: taskId };
}

/** Throws a `Problem` (400), like `placeOf`, for what looks like a cursor and is none. */
export function beforeOf(cursor: string | undefined): TaskQuery['before'] {
  if (cursor === undefined) return undefined;
  const { at, id } = placeOf(cursor, ['at', 'id']);
  if (Number.isNaN(Date.parse(String(at)))) placeOf('', ['at']);
  return { createdAt: new Date(String(at)).toISOString(), taskId: String(id) };
}
