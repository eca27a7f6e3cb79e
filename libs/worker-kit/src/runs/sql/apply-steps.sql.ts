/**
 * What becomes of held runs, all in one statement. A row is touched only while the owner and the attempt are still the step's;
 * rows are locked in the order of their keys. `state` null keeps the state; `holds` renews the lease; without it the row is
 * free after `after_ms`, or never again when that is null. `underway` null keeps that, too.
 */
export const applyStepsSql = `
WITH step AS (
  SELECT * FROM unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::int[], $8::text[], $9::boolean[], $10::float8[], $11::boolean[],
      $12::text[], $13::text[], $14::int[], $15::int[], $16::boolean[])
    AS s (tenant, task_id, round, sub_task_type, attempt, state, holds, after_ms, failed, outcome, manifest_sha256, manifest_format, config_revision, underway)
), locked AS (
  SELECT run.tenant, run.task_id, run.round, run.sub_task_type FROM run JOIN step USING (tenant, task_id, round, sub_task_type, attempt)
  WHERE owner = $1 AND free_at IS NOT NULL AND run.task_id = ANY ($4::text[])
  ORDER BY 1, 2, 3, 4 FOR UPDATE OF run
)
UPDATE run SET
  state = coalesce(step.state, run.state),
  owner = CASE WHEN step.holds THEN run.owner END,
  free_at = CASE WHEN step.holds THEN clock_timestamp() + $2::float8 * interval '1 millisecond'
                 ELSE clock_timestamp() + step.after_ms * interval '1 millisecond' END,
  underway = coalesce(step.underway, run.underway),
  failures = run.failures + step.failed::int,
  outcome = coalesce(step.outcome, run.outcome),
  manifest_sha256 = coalesce(step.manifest_sha256, run.manifest_sha256),
  manifest_format = coalesce(step.manifest_format, run.manifest_format),
  config_revision = coalesce(step.config_revision, run.config_revision),
  updated_at = clock_timestamp()
FROM step JOIN locked USING (tenant, task_id, round, sub_task_type)
WHERE (run.tenant, run.task_id, run.round, run.sub_task_type, run.attempt) = (step.tenant, step.task_id, step.round, step.sub_task_type, step.attempt)
RETURNING run.tenant, run.task_id AS "taskId", run.round, run.sub_task_type AS "subTaskType"
`;
