/** How the rows of some shards stand now. */
export const assignedSql = `
SELECT topic, partition, position, epoch FROM bus_position
WHERE group_name = $1 AND topic = ANY ($2::text[]) AND partition = ANY ($3::int[])
`;
