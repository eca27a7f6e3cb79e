/** What the broker has acknowledged goes out of the outbox. */
export const outboxShippedSql = `
DELETE FROM bus_outbox AS o USING unnest($1::text[], $2::int[], $3::bigint[]) AS shipped(topic, partition, upto)
WHERE o.topic = shipped.topic AND o.partition = shipped.partition AND o.position <= shipped.upto
`;
