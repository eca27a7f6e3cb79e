/** The windows of tasks, all rounds. */
export const windowsSql = `
SELECT task_id AS "taskId", partition, round, state, opened_by AS "openedBy", opened, due_watch_ms AS "dueWatchMs", closed FROM round_window WHERE tenant = $1 AND task_id = ANY ($2::text[]) ORDER BY task_id, round
`;
