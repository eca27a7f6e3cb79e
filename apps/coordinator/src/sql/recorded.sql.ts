/** Which of these facts the ledgers hold, with their payloads. The lists keep a plan that was made for an empty ledger from reading it all. */
export const recordedSql = `
SELECT l.task_id AS "taskId", l.fact_id AS "factId", l.payload_hash AS "payloadHash" FROM ledger AS l
JOIN unnest($2::text[], $3::text[]) AS m(task_id, fact_id) ON l.task_id = m.task_id AND l.fact_id = m.fact_id
WHERE l.tenant = $1 AND l.task_id = ANY ($2::text[]) AND l.fact_id = ANY ($3::text[])
`;
