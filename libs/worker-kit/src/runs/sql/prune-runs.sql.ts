/** Forgets what ended long ago: older than any fact that could be read again. */
export const pruneRunsSql = `
DELETE FROM run WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM run WHERE free_at IS NULL AND updated_at < clock_timestamp() - $1::float8 * interval '1 millisecond'
  ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED))
`;
