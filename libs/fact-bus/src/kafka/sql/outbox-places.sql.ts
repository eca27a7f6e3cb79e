/** The partitions that have something to ship, by a loose scan of the key: as cheap with a million rows as with one. */
export const outboxPlacesSql = `
WITH RECURSIVE place AS (
  (SELECT topic, partition FROM bus_outbox ORDER BY topic, partition LIMIT 1)
  UNION ALL
  SELECT next.topic, next.partition FROM place,
    LATERAL (SELECT topic, partition FROM bus_outbox AS o WHERE (o.topic, o.partition) > (place.topic, place.partition) ORDER BY topic, partition LIMIT 1) AS next
)
SELECT topic, partition FROM place
`;
