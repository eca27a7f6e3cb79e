/** What clocks say, with the time since they were last moved. */
export const watchSql = `
SELECT partition, watch_ms + CASE WHEN gap <= $2 THEN gap ELSE 0 END AS "watchMs", paused_ms + CASE WHEN gap <= $2 THEN 0 ELSE gap END AS "pausedMs",
  (extract(epoch FROM seen_at) * 1000)::bigint + gap AS "wallMs", false AS "afterPause"
FROM (SELECT *, greatest(0, floor(extract(epoch FROM clock_timestamp() - seen_at) * 1000))::bigint AS gap FROM watch WHERE partition = ANY ($1::int[])) AS w
`;
