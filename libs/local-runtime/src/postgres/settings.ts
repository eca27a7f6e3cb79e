/** How the embedded server is set: durable, small, quiet, in UTC. */

/** Quoted where PostgreSQL wants it when rendered. */
export type PostgresSettings = Readonly<Record<string, string | number | boolean>>;

export const embeddedSettings: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  // Only loopback with a password: a socket in /tmp would be one more door, and its path has a limit of 107 bytes.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  max_connections: 100,
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  wal_buffers: '4MB',
  checkpoint_timeout: '10min',
  fsync: true,
  synchronous_commit: true,
  full_page_writes: true,
  // Nobody replicates from a laptop, and ten processes are enough: I/O workers and parallel query would double them.
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  io_method: 'sync',
  max_parallel_workers_per_gather: 0,
  max_worker_processes: 4,
  autovacuum_max_workers: 2,
  jit: false,
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': 2000,
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_checkpoints: false,
  log_line_prefix: '%m [%p] %a ',
};

/** One line per setting; text in single quotes, quotes doubled. */
export function renderSettings(settings: PostgresSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${renderValue(value)}`);
  return `# Written anew at every start. Your own lines go to the end of postgresql.conf.\n${lines.join('\n')}\n`;
}

function renderValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
