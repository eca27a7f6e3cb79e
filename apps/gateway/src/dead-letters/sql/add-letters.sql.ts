/** Remembers open letters, a batch at a time. */
export const addLettersSql = `
INSERT INTO dead_letter (tenant, id, fact_id, fact_type, topic, group_name, partition, position, key, reason, detail, at)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::timestamptz[])
ON CONFLICT (tenant, id) DO NOTHING`;
