/** Forgets keys that no longer stand for an answer, some at a time: the next run takes the next ones. */
export const forgetKeysSql = `
DELETE FROM idempotency WHERE (tenant, key) IN
  (SELECT tenant, key FROM idempotency WHERE claimed_at < $1 ORDER BY claimed_at LIMIT 10000 FOR UPDATE SKIP LOCKED)`;
