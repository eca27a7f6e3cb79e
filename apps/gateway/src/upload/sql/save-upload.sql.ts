/** Remembers an upload. */
export const saveUploadSql = `
INSERT INTO upload (tenant, task_id, product, version, file_name, size, sha256, policy, traceparent, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)`;
