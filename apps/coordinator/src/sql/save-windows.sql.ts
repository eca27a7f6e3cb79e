/** Writes windows. */
export const saveWindowsSql = `
INSERT INTO round_window (tenant, task_id, round, partition, state, opened_by, opened, due_watch_ms, participation_ends_watch_ms, closed)
SELECT $1, w.* FROM unnest($2::text[], $3::int[], $4::int[], $5::jsonb[], $6::text[], $7::jsonb[], $8::bigint[], $9::bigint[], $10::jsonb[]) AS w
ON CONFLICT (tenant, task_id, round) DO UPDATE SET state = excluded.state, opened_by = excluded.opened_by, opened = excluded.opened,
  due_watch_ms = excluded.due_watch_ms, participation_ends_watch_ms = excluded.participation_ends_watch_ms, closed = excluded.closed
`;
