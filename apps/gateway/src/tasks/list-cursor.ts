/** Cursors of lists at the door. */
import { Problem } from '@tributary/service-kit';
import { z } from 'zod';

/** Opaque here; only what no list can have given out is refused. */
export const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,1000}$/, 'not a cursor of this list')
  .optional();

export function invalidCursor(): Problem {
  const errors = [{ parameter: 'cursor', code: 'INVALID_CURSOR', message: { en: 'not a cursor of this list', zh: '游标无效' } }];
  return new Problem(400, 'INVALID_QUERY', { en: 'The cursor is not one that this list gave out.', zh: '游标无效，请从首页重新查询。' }, { errors });
}
