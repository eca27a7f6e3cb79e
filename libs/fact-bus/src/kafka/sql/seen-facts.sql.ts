/** Remembers foreign facts, and answers which of them are new. */
export const seenFactsSql = `
INSERT INTO bus_seen_fact (group_name, topic, partition, digest)
SELECT $1, $2, $3, d FROM unnest($4::bytea[]) AS d
ON CONFLICT DO NOTHING RETURNING digest
`;

/** Forgets foreign facts that were seen longer ago than $1 ms, a bounded number at a time. */
export const forgetSeenFactsSql = `
DELETE FROM bus_seen_fact WHERE ctid = ANY (ARRAY (
  SELECT ctid FROM bus_seen_fact WHERE seen_at < clock_timestamp() - $1::float8 * interval '1 millisecond' LIMIT 10000))
`;
