/** The parked keys of a shard, with the time until the head of each is due. */
export const parkedKeysSql = (tables: string): string => `
SELECT DISTINCT ON (topic, key) topic, key, (greatest(0, extract(epoch FROM due_at - clock_timestamp())) * 1000)::float8 AS "dueInMs"
FROM ${tables}parked WHERE group_name = $1 AND partition = $2 ORDER BY topic, key, number
`;
