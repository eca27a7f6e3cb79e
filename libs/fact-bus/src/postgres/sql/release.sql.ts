/** Gives shards back; touches no row of those that somebody else took meanwhile. */
export const releaseSql = (tables: string): string => `
UPDATE ${tables}position AS p SET owner = NULL
FROM unnest($2::int[], $3::bigint[]) AS s(partition, epoch)
WHERE p.group_name = $1 AND p.partition = s.partition AND p.epoch = s.epoch
`;
