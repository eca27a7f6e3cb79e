/** New rows for the rounds that were opened; a row that exists stays as it is. */
export const addCandidatesSql = `
INSERT INTO run (tenant, task_id, round, sub_task_type, cause_id, traceparent, context, budgets)
SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
  AS c (tenant, task_id, round, sub_task_type, cause_id, traceparent, context, budgets)
ORDER BY tenant, task_id, round, sub_task_type
ON CONFLICT DO NOTHING
RETURNING task_id
`;
