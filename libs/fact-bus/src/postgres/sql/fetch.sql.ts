/** The next rows of a partition: at most $4 of them, and about $5 bytes. */
export const fetchSql = `
SELECT position, key, body FROM (
  SELECT position, key, body, sum(octet_length(body)) OVER (ORDER BY position) - octet_length(body) AS before
  FROM (SELECT position, key, body FROM bus.fact_log WHERE topic = $1 AND partition = $2 AND position > $3 ORDER BY position LIMIT $4) AS page
) AS measured WHERE before < $5 ORDER BY position
`;
