/** The newest rows, for people. */
export const listRunsSql = `
SELECT tenant, task_id AS "taskId", round, sub_task_type AS "subTaskType", state, attempt, failures, owner, outcome, updated_at AS "updatedAt"
FROM run WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR task_id = $2)
ORDER BY updated_at DESC LIMIT $3
`;
