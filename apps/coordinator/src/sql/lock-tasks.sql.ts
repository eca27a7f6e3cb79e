/** Tasks under their locks, in the order of their ids. */
export const lockTasksSql = `
SELECT task_id AS "taskId", partition, status, revision, round, last_round AS "lastRound", sequence, created, last_fact_at AS "lastFactAt", verdict_hash AS "verdictHash" FROM task WHERE tenant = $1 AND task_id = ANY ($2::text[]) ORDER BY task_id FOR UPDATE
`;
