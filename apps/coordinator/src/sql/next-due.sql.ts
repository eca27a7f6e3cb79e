/** The next windows to fall due. */
export const nextDueSql = `
SELECT task_id AS "taskId", round, partition, due_watch_ms AS "dueWatchMs" FROM round_window
WHERE partition = ANY ($1::int[]) AND due_watch_ms IS NOT NULL ORDER BY due_watch_ms LIMIT $2
`;
