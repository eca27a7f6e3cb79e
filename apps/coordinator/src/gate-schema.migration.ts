/** The coordinator's own schema. Forward only. */

export class GateSchema1763700100000 {
  readonly name = 'GateSchema1763700100000';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}

const statements = [
  `CREATE TABLE watch (
     partition int PRIMARY KEY, epoch bigint NOT NULL, watch_ms bigint NOT NULL DEFAULT 0, paused_ms bigint NOT NULL DEFAULT 0,
     gap_ms bigint NOT NULL DEFAULT 0, seen_at timestamptz NOT NULL) WITH (fillfactor = 50)`,
  `CREATE TABLE task (
     tenant text NOT NULL, task_id text NOT NULL, partition int NOT NULL, status text NOT NULL DEFAULT 'INIT', revision int NOT NULL DEFAULT 0,
     round int NOT NULL DEFAULT 1, last_round int NOT NULL DEFAULT 0, sequence bigint NOT NULL DEFAULT 0, created jsonb, created_at timestamptz,
     product text, version text, last_fact_at timestamptz, verdict_hash text, PRIMARY KEY (tenant, task_id)) WITH (fillfactor = 70)`,
  `CREATE INDEX task_newest ON task (tenant, created_at DESC, task_id DESC) WHERE created_at IS NOT NULL`,
  `CREATE INDEX task_by_product ON task (tenant, product, created_at DESC, task_id DESC) WHERE created_at IS NOT NULL`,
  // Not by `last_fact_at`: an indexed column that every batch writes would cost every batch the other indexes, too.
  `CREATE INDEX task_uncreated ON task (tenant) WHERE created_at IS NULL`,
  `CREATE TABLE round_window (
     tenant text NOT NULL, task_id text NOT NULL, round int NOT NULL, partition int NOT NULL, state jsonb NOT NULL, opened_by text, opened jsonb,
     due_watch_ms bigint, participation_ends_watch_ms bigint, closed jsonb, PRIMARY KEY (tenant, task_id, round)) WITH (fillfactor = 70)`,
  `CREATE INDEX round_window_due ON round_window (partition, due_watch_ms) WHERE due_watch_ms IS NOT NULL`,
  `CREATE TABLE ledger (
     tenant text NOT NULL, task_id text NOT NULL, sequence bigint NOT NULL, fact_id text NOT NULL, payload_hash text NOT NULL, fact json NOT NULL,
     round int, watch_ms bigint NOT NULL, recorded_at timestamptz NOT NULL, late boolean NOT NULL, visible boolean NOT NULL,
     PRIMARY KEY (tenant, task_id, sequence), UNIQUE (tenant, task_id, fact_id, payload_hash))`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the ledger is immutable'; END $$`,
  `CREATE TRIGGER ledger_immutable BEFORE UPDATE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TABLE verdict (
     tenant text NOT NULL, task_id text NOT NULL, revision int NOT NULL, round int NOT NULL, status text NOT NULL, canonical text NOT NULL,
     verdict_hash text NOT NULL, explanation jsonb NOT NULL, product text NOT NULL, joined_types text[] NOT NULL, at timestamptz NOT NULL,
     PRIMARY KEY (tenant, task_id, revision))`,
  `CREATE INDEX verdict_by_product ON verdict (tenant, product, at DESC)`,
  `CREATE TRIGGER verdict_immutable BEFORE UPDATE ON verdict FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
];
