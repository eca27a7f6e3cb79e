/** Ends what nobody has started in closed rounds, and what runs in cancelled ones. Rows are locked in the order of their keys. */
export const closeWindowsSql = `
WITH closed AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::boolean[]) AS w (tenant, task_id, round, cancelled)
), locked AS (
  SELECT run.tenant, run.task_id, run.round, run.sub_task_type FROM run JOIN closed USING (tenant, task_id, round)
  WHERE state = 'CANDIDATE' OR (state = 'RUNNING' AND cancelled)
  ORDER BY 1, 2, 3, 4 FOR UPDATE OF run
)
UPDATE run SET state = 'CANCELLED', owner = NULL, free_at = NULL, outcome = 'WINDOW_CLOSED', updated_at = clock_timestamp()
FROM locked
WHERE (run.tenant, run.task_id, run.round, run.sub_task_type) = (locked.tenant, locked.task_id, locked.round, locked.sub_task_type)
RETURNING run.tenant, run.task_id AS "taskId", run.round, run.sub_task_type AS "subTaskType"
`;
