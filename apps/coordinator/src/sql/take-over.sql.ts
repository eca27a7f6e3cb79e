/** A new owner of shards: the clock stands where it stood, the time between is paused. No row for a shard whose epoch is not newer. */
export const takeOverSql = `
INSERT INTO watch AS w (partition, epoch, seen_at)
SELECT s.partition, s.epoch, date_trunc('milliseconds', clock_timestamp()) FROM unnest($1::int[], $2::bigint[]) AS s(partition, epoch) ORDER BY s.partition
ON CONFLICT (partition) DO UPDATE SET
  epoch = excluded.epoch,
  gap_ms = greatest(0, extract(epoch FROM excluded.seen_at - w.seen_at) * 1000)::bigint,
  paused_ms = w.paused_ms + greatest(0, extract(epoch FROM excluded.seen_at - w.seen_at) * 1000)::bigint,
  seen_at = greatest(w.seen_at, excluded.seen_at)
WHERE w.epoch < excluded.epoch
RETURNING partition, watch_ms AS "watchMs", paused_ms AS "pausedMs", (extract(epoch FROM seen_at) * 1000)::bigint AS "wallMs", gap_ms > $3 AS "afterPause"
`;
