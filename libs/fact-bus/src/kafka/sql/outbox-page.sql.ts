/** The next rows of some partitions, in order: at most $4 rows and about $5 bytes of each. Rows up to $3 were shipped before. */
export const outboxPageSql = `
SELECT place.topic, place.partition, page.position, page.key, page.body, page.raw
FROM unnest($1::text[], $2::int[], $3::bigint[]) WITH ORDINALITY AS place(topic, partition, shipped, n),
  LATERAL (
    SELECT position, key, body, raw FROM (
      SELECT position, key, body, raw, sum(bytes) OVER (ORDER BY position) - bytes AS before
      FROM (
        SELECT position, key, body, raw, octet_length(body) + coalesce(octet_length(raw), 0) AS bytes FROM bus_outbox AS o
        WHERE o.topic = place.topic AND o.partition = place.partition AND o.position > place.shipped ORDER BY position LIMIT $4
      ) AS head
    ) AS measured WHERE before < $5 ORDER BY position
  ) AS page
ORDER BY place.n, page.position
`;
