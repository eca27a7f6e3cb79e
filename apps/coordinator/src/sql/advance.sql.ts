/** Moves the clocks of shards that are still ours: watched time, or paused time when nobody has looked for too long. */
export const advanceSql = `
UPDATE watch AS w SET
  watch_ms = w.watch_ms + CASE WHEN g.gap <= $3 THEN g.gap ELSE 0 END,
  paused_ms = w.paused_ms + CASE WHEN g.gap <= $3 THEN 0 ELSE g.gap END,
  gap_ms = g.gap,
  seen_at = w.seen_at + g.gap * interval '1 millisecond'
FROM unnest($1::int[], $2::bigint[]) AS s(partition, epoch)
CROSS JOIN LATERAL (SELECT greatest(0, floor(extract(epoch FROM clock_timestamp() - x.seen_at) * 1000))::bigint AS gap FROM watch AS x WHERE x.partition = s.partition FOR UPDATE) AS g
WHERE w.partition = s.partition AND w.epoch = s.epoch
RETURNING w.partition, w.watch_ms AS "watchMs", w.paused_ms AS "pausedMs", (extract(epoch FROM w.seen_at) * 1000)::bigint AS "wallMs", w.gap_ms > $3 AS "afterPause"
`;
