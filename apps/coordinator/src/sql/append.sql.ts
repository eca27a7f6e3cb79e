/** Adds to ledgers. */
export const appendSql = `
INSERT INTO ledger (tenant, task_id, sequence, fact_id, payload_hash, fact, round, watch_ms, recorded_at, late, visible)
SELECT $1, e.* FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::json[], $7::int[], $8::bigint[], $9::timestamptz[], $10::boolean[], $11::boolean[]) AS e
`;
