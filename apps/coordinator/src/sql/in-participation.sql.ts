/** Open windows whose participation is not over. */
export const inParticipationSql = `
SELECT task_id AS "taskId" FROM round_window WHERE tenant = $1 AND partition = $2 AND due_watch_ms IS NOT NULL AND participation_ends_watch_ms > $3 ORDER BY task_id
`;
