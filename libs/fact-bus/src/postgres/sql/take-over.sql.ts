/** Takes shards that nobody living has. $4 names the members that live. The rows of a shard get one epoch, also when a topic was added later. */
export const takeOverSql = `
UPDATE bus.position AS p SET owner = $3,
  epoch = 1 + greatest(p.epoch, (SELECT max(q.epoch) FROM bus.position AS q WHERE q.group_name = p.group_name AND q.partition = p.partition))
WHERE p.group_name = $1 AND p.partition = ANY ($2::int[]) AND (p.owner IS NULL OR p.owner = $3 OR NOT (p.owner = ANY ($4::uuid[])))
RETURNING p.topic, p.partition, p.position, p.epoch
`;
