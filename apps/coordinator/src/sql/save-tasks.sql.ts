/** Writes tasks back. */
export const saveTasksSql = `
UPDATE task SET status = t.status, revision = t.revision, round = t.round, last_round = t.last_round, sequence = t.sequence, created = t.created,
  created_at = (t.created ->> 'at')::timestamptz, product = t.created ->> 'product', version = t.created ->> 'version', last_fact_at = t.last_fact_at, verdict_hash = t.verdict_hash
FROM unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bigint[], $8::jsonb[], $9::timestamptz[], $10::text[])
  AS t(task_id, status, revision, round, last_round, sequence, created, last_fact_at, verdict_hash)
WHERE task.tenant = $1 AND task.task_id = t.task_id AND task.task_id = ANY ($2::text[])
`;
