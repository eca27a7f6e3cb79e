/** Keeps dead letters. */
export const burySql = (tables: string): string => `
INSERT INTO ${tables}dead_letter (id, group_name, topic, partition, position, key, body, raw, reason, detail, fact_id, fact_type)
SELECT * FROM unnest(
  $1::uuid[], $2::text[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
`;
