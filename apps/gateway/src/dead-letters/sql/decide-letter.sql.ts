/** Decides about an open letter, once. */
import { letterColumnsSql } from './letter-columns.sql';

export const decideLetterSql = `
UPDATE dead_letter SET state = $3, decided_by = $4, decided_at = $5, decided_because = $6
WHERE tenant = $1 AND id = $2 AND state = 'open' RETURNING ${letterColumnsSql}`;
