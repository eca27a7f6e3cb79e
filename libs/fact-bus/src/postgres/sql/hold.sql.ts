/** Locks the positions of a shard; no row when it has another owner. */
export const holdSql = `
SELECT topic FROM bus.position WHERE group_name = $1 AND partition = $2 AND epoch = $3 ORDER BY topic FOR UPDATE
`;
