/** A page of tasks, newest first. */
import { withRounds } from './with-rounds.sql';

export const listTasksSql = `
SELECT ${withRounds('$1', '$8')} FROM task
WHERE tenant = $1 AND created_at IS NOT NULL AND ($2::text IS NULL OR product = $2) AND ($3::text IS NULL OR version = $3) AND ($4::text IS NULL OR status = $4)
  AND ($5::timestamptz IS NULL OR (created_at, task_id) < ($5::timestamptz, $6::text))
ORDER BY created_at DESC, task_id DESC LIMIT $7
`;
