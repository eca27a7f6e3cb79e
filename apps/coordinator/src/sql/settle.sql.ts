/** A verdict; a second one of the same revision is refused by the key. */
export const settleSql = `
INSERT INTO verdict (tenant, task_id, revision, round, status, canonical, verdict_hash, explanation, product, joined_types, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
`;
