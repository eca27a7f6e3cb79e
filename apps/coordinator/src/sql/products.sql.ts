/**
 * A page of products by name, each with its newest task and how many versions it has. Neither names nor versions are found by reading
 * tasks: each step is one probe of an index for the next value (a loose index scan), so a page costs as much as it shows.
 */
export const productsSql = `
WITH RECURSIVE name (product, n) AS (
  (SELECT product, 1 FROM task WHERE tenant = $1 AND created_at IS NOT NULL AND product COLLATE "C" > $2 ORDER BY product COLLATE "C" LIMIT 1)
  UNION ALL
  SELECT next.product, name.n + 1 FROM name CROSS JOIN LATERAL (
    SELECT product FROM task WHERE tenant = $1 AND created_at IS NOT NULL AND product COLLATE "C" > name.product ORDER BY product COLLATE "C" LIMIT 1
  ) AS next WHERE name.n < $3
)
SELECT name.product, counted.versions, newest.* FROM name
CROSS JOIN LATERAL (
  SELECT task_id AS "taskId", partition, status, revision, round, last_round AS "lastRound", sequence, created, last_fact_at AS "lastFactAt", verdict_hash AS "verdictHash"
  FROM task WHERE tenant = $1 AND product = name.product AND created_at IS NOT NULL ORDER BY created_at DESC, task_id DESC LIMIT 1
) AS newest
CROSS JOIN LATERAL (
  WITH RECURSIVE each (version, n) AS (
    (SELECT version, 1 FROM task WHERE tenant = $1 AND created_at IS NOT NULL AND product COLLATE "C" = name.product ORDER BY version COLLATE "C" LIMIT 1)
    UNION ALL
    SELECT next.version, each.n + 1 FROM each CROSS JOIN LATERAL (
      SELECT version FROM task
      WHERE tenant = $1 AND created_at IS NOT NULL AND product COLLATE "C" = name.product AND version COLLATE "C" > each.version
      ORDER BY version COLLATE "C" LIMIT 1
    ) AS next WHERE each.n < $4
  ) SELECT count(*)::int AS versions FROM each
) AS counted
ORDER BY name.n
`;
