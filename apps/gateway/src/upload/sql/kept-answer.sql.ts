/** What a key stands for. */
export const keptAnswerSql = `SELECT fingerprint, answer FROM idempotency WHERE tenant = $1 AND key = $2`;
