/** A page of a ledger. */
export const factsSql = `
SELECT task_id AS "taskId", sequence, fact, payload_hash AS "payloadHash", round, watch_ms AS "watchMs", recorded_at AS "recordedAt", late, visible
FROM ledger WHERE tenant = $1 AND task_id = $2 AND sequence > $3 AND visible ORDER BY sequence LIMIT $4
`;
