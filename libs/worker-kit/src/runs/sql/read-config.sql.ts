/** The configuration of one tenant. */
export const readConfigSql = `SELECT revision, config, products FROM worker_config WHERE tenant = $1`;
