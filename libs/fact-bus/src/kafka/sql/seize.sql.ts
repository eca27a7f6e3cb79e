/** Takes shards that the group's coordinator has given us, whoever has them: what the earlier owner still does is fenced from here on. */
export const seizeSql = `
UPDATE bus_position AS p SET owner = $3,
  epoch = 1 + greatest(p.epoch, (SELECT max(q.epoch) FROM bus_position AS q WHERE q.group_name = p.group_name AND q.partition = p.partition))
WHERE p.group_name = $1 AND p.partition = ANY ($2::int[])
RETURNING p.topic, p.partition, p.position, p.epoch
`;
