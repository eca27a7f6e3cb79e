/** Appends facts to the queues of their keys, in the order given. */
export const parkSql = (tables: string): string => `
INSERT INTO ${tables}parked (group_name, topic, partition, key, position, body, raw, failures, due_at, because)
SELECT $1, f.topic, f.partition, f.key, f.position, f.body, f.raw, f.failures, clock_timestamp() + f.due_in_ms * interval '1 millisecond', f.because
FROM unnest($2::text[], $3::int[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::int[], $9::float8[], $10::text[])
  WITH ORDINALITY AS f(topic, partition, key, position, body, raw, failures, due_in_ms, because, n) ORDER BY f.n
`;
