/** Takes a key that is free or has expired; no row: it stands for an answer. Waits while another transaction has just taken it. */
export const claimKeySql = `
INSERT INTO idempotency AS kept (tenant, key, fingerprint, answer, claimed_at) VALUES ($1, $2, $3, $4::jsonb, $5)
ON CONFLICT (tenant, key) DO UPDATE SET fingerprint = excluded.fingerprint, answer = excluded.answer, claimed_at = excluded.claimed_at
  WHERE kept.claimed_at <= $6
RETURNING key`;
