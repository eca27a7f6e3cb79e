/**
 * Removes from one partition what is past its time ($3 ms) and was read by every group, or is past four times that, at most the first
 * $4 rows. Looks at no more rows than these, so it costs the same however long the log is. Answers the rows removed, and how many of
 * them some group had not read.
 */
export const trimLogSql = `
WITH head AS MATERIALIZED (
  SELECT position, appended_at FROM bus.fact_log WHERE topic = $1 AND partition = $2 ORDER BY position LIMIT $4
), hear AS MATERIALIZED (
  SELECT min(position) AS upto FROM bus.position WHERE topic = $1 AND partition = $2
), old AS MATERIALIZED (
  SELECT head.position, head.position > coalesce(hear.upto, head.position) AS unread FROM head, hear
  WHERE head.appended_at < clock_timestamp() - $3::float8 * interval '1 millisecond'
    AND (head.position <= coalesce(hear.upto, head.position) OR head.appended_at < clock_timestamp() - 4 * $3::float8 * interval '1 millisecond')
), gone AS (
  DELETE FROM bus.fact_log AS f USING old WHERE f.topic = $1 AND f.partition = $2 AND f.position = old.position
)
SELECT count(*)::int AS removed, count(*) FILTER (WHERE unread)::int AS unread FROM old
`;
