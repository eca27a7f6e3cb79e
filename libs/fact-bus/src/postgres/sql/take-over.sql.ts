/** Takes shards that nobody living has. $4 names the members that live. */
export const takeOverSql = `
UPDATE bus.position SET epoch = epoch + 1, owner = $3
WHERE group_name = $1 AND partition = ANY ($2::int[]) AND (owner IS NULL OR owner = $3 OR NOT (owner = ANY ($4::uuid[])))
RETURNING topic, partition, position, epoch
`;
