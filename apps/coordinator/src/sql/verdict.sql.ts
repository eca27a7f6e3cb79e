/** A verdict, the newest without a revision. */
export const verdictSql = `
SELECT task_id AS "taskId", revision, round, status, canonical, verdict_hash AS "verdictHash", explanation, product, joined_types AS "joinedTypes", at
FROM verdict WHERE tenant = $1 AND task_id = $2 AND ($3::int IS NULL OR revision = $3) ORDER BY revision DESC LIMIT 1
`;
