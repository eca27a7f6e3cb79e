/** Where partitions end now. */
export const endsSql = `
SELECT t.topic, p.partition, coalesce((SELECT max(position) FROM bus.fact_log AS f WHERE f.topic = t.topic AND f.partition = p.partition), 0) AS "end"
FROM unnest($1::text[]) AS t(topic), unnest($2::int[]) AS p(partition)
`;
