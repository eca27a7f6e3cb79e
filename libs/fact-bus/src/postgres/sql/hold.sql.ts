/** Locks the positions of a shard; no row when it has another owner. */
export const holdSql = (tables: string): string => `
SELECT topic FROM ${tables}position WHERE group_name = $1 AND partition = $2 AND epoch = $3 ORDER BY topic FOR UPDATE
`;
