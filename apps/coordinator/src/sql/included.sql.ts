/** What the digest of a round covers. */
export const includedSql = `
SELECT fact_id AS id, payload_hash AS "payloadHash" FROM ledger WHERE tenant = $1 AND task_id = $2 AND round = $3 AND sequence <= $4
`;
