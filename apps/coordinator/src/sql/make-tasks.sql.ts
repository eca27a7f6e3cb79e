/** Tasks that nobody has heard of yet. */
export const makeTasksSql = `
INSERT INTO task (tenant, task_id, partition) SELECT $1, t.task_id, t.partition FROM unnest($2::text[], $3::int[]) AS t(task_id, partition) ORDER BY t.task_id
ON CONFLICT DO NOTHING
`;
