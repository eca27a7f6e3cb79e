/** A group knows where it stands in every partition; a new one at the beginning. */
export const ensurePositionsSql = (tables: string): string => `
INSERT INTO ${tables}position (group_name, topic, partition)
SELECT $1, t.topic, p FROM unnest($2::text[], $3::int[]) AS t(topic, partitions), generate_series(0, t.partitions - 1) AS p
ON CONFLICT DO NOTHING
`;
