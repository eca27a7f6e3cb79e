/** How far each outbox was heard in some shards. */
export const highWaterSql = `
SELECT topic, partition, outbox, sequence FROM bus_high_water WHERE group_name = $1 AND partition = ANY ($2::int[])
`;

/** Moves a position and remembers how far each outbox was heard; touches nothing when the shard has another owner or the position is another. */
export const advanceHearingSql = `
WITH moved AS (
  UPDATE bus_position SET position = $6 WHERE group_name = $1 AND topic = $2 AND partition = $3 AND epoch = $4 AND position = $5 RETURNING 1
), raised AS (
  INSERT INTO bus_high_water (group_name, topic, partition, outbox, sequence)
  SELECT $1, $2, $3, f.outbox, f.sequence FROM unnest($7::text[], $8::bigint[]) AS f(outbox, sequence), moved
  ON CONFLICT (group_name, topic, partition, outbox) DO UPDATE SET sequence = excluded.sequence, heard_at = clock_timestamp()
)
SELECT 1 AS moved FROM moved
`;
