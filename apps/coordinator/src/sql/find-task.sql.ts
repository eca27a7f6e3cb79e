/** A task as it stands. */
import { withRounds } from './with-rounds.sql';

export const findTaskSql = `SELECT ${withRounds('$1', '$3')} FROM task WHERE tenant = $1 AND task_id = $2`;
