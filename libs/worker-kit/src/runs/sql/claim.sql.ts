/** Takes free rows, and those whose holder let the lease end, which counts as a failure of theirs when they were at it. */
export const claimSql = `
WITH picked AS (
  SELECT tenant, task_id, round, sub_task_type FROM run WHERE free_at <= statement_timestamp()
  ORDER BY free_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE run SET owner = $1, attempt = attempt + 1, failures = failures + (owner IS NOT NULL AND underway)::int, underway = state = 'CANDIDATE',
  free_at = clock_timestamp() + $3::float8 * interval '1 millisecond', updated_at = clock_timestamp()
FROM picked
WHERE (run.tenant, run.task_id, run.round, run.sub_task_type) = (picked.tenant, picked.task_id, picked.round, picked.sub_task_type)
RETURNING run.tenant, run.task_id AS "taskId", run.round, run.sub_task_type AS "subTaskType", state, attempt, failures,
  cause_id AS "causeId", traceparent, context, budgets, manifest_sha256 AS "manifestSha256", manifest_format AS "manifestFormat"
`;
