/** How far each outbox was heard in some shards. */
export const highWaterSql = `
SELECT topic, partition, outbox, sequence FROM bus_high_water WHERE group_name = $1 AND partition = ANY ($2::int[])
`;

/** Remembers how far each outbox was heard. */
export const raiseHighWaterSql = `
INSERT INTO bus_high_water (group_name, topic, partition, outbox, sequence)
SELECT $1, $2, $3, f.outbox, f.sequence FROM unnest($4::text[], $5::bigint[]) AS f(outbox, sequence)
ON CONFLICT (group_name, topic, partition, outbox) DO UPDATE SET sequence = excluded.sequence, heard_at = clock_timestamp()
`;
