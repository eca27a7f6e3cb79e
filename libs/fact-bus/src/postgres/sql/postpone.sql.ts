/** The head of a queue is tried again later. */
export const postponeSql = (tables: string): string => `
UPDATE ${tables}parked SET failures = $6, due_at = clock_timestamp() + $7::float8 * interval '1 millisecond', because = $8
WHERE group_name = $1 AND topic = $2 AND partition = $3 AND key = $4 AND number = $5
`;
