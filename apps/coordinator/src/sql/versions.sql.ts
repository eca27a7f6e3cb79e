/** The newest task of every version of a product. */
export const versionsSql = `
SELECT * FROM (
  SELECT DISTINCT ON (version) task_id AS "taskId", partition, status, revision, round, last_round AS "lastRound", sequence, created, last_fact_at AS "lastFactAt", verdict_hash AS "verdictHash", created_at FROM task WHERE tenant = $1 AND product = $2 AND created_at IS NOT NULL ORDER BY version, created_at DESC, task_id DESC
) AS newest
WHERE $3::timestamptz IS NULL OR (created_at, "taskId") < ($3::timestamptz, $4::text)
ORDER BY created_at DESC, "taskId" DESC LIMIT $5
`;
