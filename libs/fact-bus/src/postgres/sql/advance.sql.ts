/** Moves a position; touches no row when the shard has another owner or the position is another. */
export const advanceSql = (tables: string): string => `
UPDATE ${tables}position SET position = $6
WHERE group_name = $1 AND topic = $2 AND partition = $3 AND epoch = $4 AND position = $5
`;
