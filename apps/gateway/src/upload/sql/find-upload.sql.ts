/** One upload by its task. */
export const findUploadSql = `
SELECT tenant, task_id, product, version, file_name, size, sha256, policy, traceparent, created_at
FROM upload WHERE tenant = $1 AND task_id = $2`;
