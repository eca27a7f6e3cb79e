/** A new owner of shards: the clock stands where it stood, the time between is paused. */
export const takeOverSql = `
INSERT INTO watch AS w (partition, epoch, seen_at)
SELECT s.partition, s.epoch, date_trunc('milliseconds', clock_timestamp()) FROM unnest($1::int[], $2::bigint[]) AS s(partition, epoch)
ON CONFLICT (partition) DO UPDATE SET
  epoch = excluded.epoch,
  gap_ms = (extract(epoch FROM excluded.seen_at - w.seen_at) * 1000)::bigint,
  paused_ms = w.paused_ms + (extract(epoch FROM excluded.seen_at - w.seen_at) * 1000)::bigint,
  seen_at = excluded.seen_at
WHERE w.epoch < excluded.epoch
RETURNING partition, watch_ms AS "watchMs", paused_ms AS "pausedMs", (extract(epoch FROM seen_at) * 1000)::bigint AS "wallMs", gap_ms > $3 AS "afterPause"
`;
