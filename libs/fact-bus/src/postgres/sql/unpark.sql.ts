/** Takes facts out of the queue of their key. */
export const unparkSql = (tables: string): string => `
DELETE FROM ${tables}parked WHERE group_name = $1 AND topic = $2 AND partition = $3 AND key = $4 AND number = ANY ($5::bigint[])
`;
