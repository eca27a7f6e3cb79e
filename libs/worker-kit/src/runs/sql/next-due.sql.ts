/** When the first row that is not ours becomes free. */
export const nextDueSql = `
SELECT extract(epoch FROM min(free_at) - clock_timestamp())::float8 * 1000 AS "dueMs"
FROM run WHERE free_at IS NOT NULL AND owner IS DISTINCT FROM $1::uuid
`;
