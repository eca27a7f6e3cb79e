/** Facts of tasks that nobody created, once they are old. */
export const forgetUncreatedSql = `
WITH forgotten AS (DELETE FROM task WHERE created_at IS NULL AND last_fact_at < $1::timestamptz RETURNING tenant, task_id),
  rounds AS (DELETE FROM round_window AS w USING forgotten AS f WHERE w.tenant = f.tenant AND w.task_id = f.task_id),
  entries AS (DELETE FROM ledger AS l USING forgotten AS f WHERE l.tenant = f.tenant AND l.task_id = f.task_id)
SELECT count(*)::int AS count FROM forgotten
`;
