/** The tables of every worker, each in its own schema. */
/** Forward only. */
export class RunSchema1763710000000 {
  readonly name = 'RunSchema1763710000000';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}

const statements = [
  // `free_at`: from then on anybody may claim the row; for a held one the end of its lease, for an ended one null.
  `CREATE TABLE run (
     tenant text NOT NULL, task_id text NOT NULL, round int NOT NULL, sub_task_type text NOT NULL,
     state text NOT NULL DEFAULT 'CANDIDATE' CHECK (state IN ('CANDIDATE', 'RUNNING', 'DECLINED', 'DONE', 'FAILED', 'CANCELLED')),
     attempt int NOT NULL DEFAULT 0, failures int NOT NULL DEFAULT 0, owner uuid, free_at timestamptz DEFAULT clock_timestamp(),
     cause_id text NOT NULL, traceparent text, context jsonb NOT NULL, budgets jsonb NOT NULL,
     manifest_sha256 text, manifest_format int, config_revision int, outcome text,
     updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (tenant, task_id, round, sub_task_type),
     CHECK ((free_at IS NOT NULL) = (state IN ('CANDIDATE', 'RUNNING')))) WITH (fillfactor = 70)`,
  `CREATE INDEX run_free ON run (free_at) WHERE free_at IS NOT NULL`,
  `CREATE INDEX run_updated ON run (updated_at)`,
  `CREATE TABLE worker_config (
     tenant text PRIMARY KEY, revision int NOT NULL, config jsonb NOT NULL, products jsonb NOT NULL)`,
];
