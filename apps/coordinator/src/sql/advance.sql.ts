/**
 * Moves the clocks of shards that are still ours: watched time, or paused time when nobody has looked for too long. The rows are
 * locked first, ascending, and the time is asked for under the lock; so of two at once the second counts from where the first has
 * left it. Whole milliseconds only: what is watched and what is paused adds up to the time on the wall. A database whose clock was set
 * back counts nothing, and goes on from there.
 */
export const advanceSql = `
WITH mine AS MATERIALIZED (
  SELECT w.partition, w.seen_at FROM watch AS w JOIN unnest($1::int[], $2::bigint[]) AS s(partition, epoch) ON w.partition = s.partition AND w.epoch = s.epoch
  ORDER BY w.partition FOR NO KEY UPDATE OF w
), looked AS MATERIALIZED (
  SELECT partition, seen_at, date_trunc('milliseconds', clock_timestamp()) AS now FROM mine
), gaps AS MATERIALIZED (
  SELECT partition, now, greatest(0, extract(epoch FROM now - seen_at) * 1000)::bigint AS gap FROM looked
)
UPDATE watch AS w SET
  watch_ms = w.watch_ms + CASE WHEN g.gap <= $3 THEN g.gap ELSE 0 END,
  paused_ms = w.paused_ms + CASE WHEN g.gap <= $3 THEN 0 ELSE g.gap END,
  gap_ms = g.gap,
  seen_at = g.now
FROM gaps AS g
WHERE w.partition = g.partition
RETURNING w.partition, w.watch_ms AS "watchMs", w.paused_ms AS "pausedMs", (extract(epoch FROM w.seen_at) * 1000)::bigint AS "wallMs", w.gap_ms > $3 AS "afterPause"
`;
