/** A configuration, unless a newer one is known. */
export const saveConfigSql = `
INSERT INTO worker_config (tenant, revision, config, products) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant) DO UPDATE SET revision = excluded.revision, config = excluded.config, products = excluded.products
WHERE worker_config.revision < excluded.revision
`;
