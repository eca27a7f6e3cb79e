/** Newest first; a filter that is null does not narrow. */
import { letterColumnsSql } from './letter-columns.sql';

export const listLettersSql = `
SELECT ${letterColumnsSql} FROM dead_letter
WHERE tenant = $1 AND ($2::uuid IS NULL OR id = $2) AND ($3::text IS NULL OR fact_id = $3) AND ($4::text IS NULL OR topic = $4)
  AND ($5::text IS NULL OR group_name = $5) AND ($6::text IS NULL OR state = $6) AND ($7::bigint IS NULL OR number < $7)
ORDER BY number DESC LIMIT $8`;
