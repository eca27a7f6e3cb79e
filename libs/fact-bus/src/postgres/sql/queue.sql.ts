/** The queue of one key, in order. */
export const queueSql = (tables: string): string => `
SELECT number, position, body, raw, failures FROM ${tables}parked
WHERE group_name = $1 AND topic = $2 AND partition = $3 AND key = $4 ORDER BY number LIMIT $5
`;
