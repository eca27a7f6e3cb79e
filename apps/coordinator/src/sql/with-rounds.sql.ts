/**
 * The columns of a task as it stands, its rounds and its shard's clock included: one statement is one snapshot, so a reader never sees
 * a verdict beside an open window. `$readPauseMs` of a beat the clock is read as if it ran on.
 */
export const withRounds = (tenant: string, readPauseMs: string): string => `
task.task_id AS "taskId", task.partition, status, revision, task.round, last_round AS "lastRound", sequence, created, last_fact_at AS "lastFactAt", verdict_hash AS "verdictHash",
(SELECT coalesce(json_agg(json_build_object('taskId', w.task_id, 'partition', w.partition, 'round', w.round, 'state', w.state, 'openedBy', w.opened_by, 'opened', w.opened,
  'dueWatchMs', w.due_watch_ms, 'closed', w.closed) ORDER BY w.round), '[]') FROM round_window AS w WHERE w.tenant = ${tenant} AND w.task_id = task.task_id) AS windows,
(SELECT json_build_object('partition', c.partition, 'watchMs', watch_ms + CASE WHEN gap <= ${readPauseMs} THEN gap ELSE 0 END,
  'pausedMs', paused_ms + CASE WHEN gap <= ${readPauseMs} THEN 0 ELSE gap END, 'wallMs', (extract(epoch FROM seen_at) * 1000)::bigint + gap, 'afterPause', false)
  FROM (SELECT *, greatest(0, floor(extract(epoch FROM clock_timestamp() - seen_at) * 1000))::bigint AS gap FROM watch) AS c WHERE c.partition = task.partition) AS watch
`;
