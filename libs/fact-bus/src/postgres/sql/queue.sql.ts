/** The queue of one key, in order. */
export const queueSql = `
SELECT number, position, body, failures FROM bus.parked
WHERE group_name = $1 AND topic = $2 AND partition = $3 AND key = $4 ORDER BY number LIMIT $5
`;
