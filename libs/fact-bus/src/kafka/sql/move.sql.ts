/** Puts a position where the log makes it necessary: records are gone, or the topic is another. */
export const moveSql = `
UPDATE bus_position SET position = $5 WHERE group_name = $1 AND topic = $2 AND partition = $3 AND epoch = $4
`;
