/** The schema `gateway`: uploads, the answers given to idempotency keys, and the read model of dead letters. */

/** Forward only. */
export class GatewaySchema1763700000100 {
  readonly name = 'GatewaySchema1763700000100';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}

const statements = [
  `CREATE TABLE upload (
     tenant text NOT NULL, task_id uuid NOT NULL, product text NOT NULL, version text NOT NULL,
     file_name text NOT NULL, size bigint NOT NULL, sha256 text NOT NULL, policy jsonb NOT NULL,
     traceparent text NOT NULL, created_at timestamptz NOT NULL,
     PRIMARY KEY (tenant, task_id))`,
  `CREATE TABLE idempotency (
     tenant text NOT NULL, key text NOT NULL, fingerprint text NOT NULL, answer jsonb NOT NULL, claimed_at timestamptz NOT NULL,
     PRIMARY KEY (tenant, key))`,
  `CREATE INDEX idempotency_claimed_at ON idempotency (claimed_at)`,
  // `number` orders the list: newest first, and what arrives meanwhile shifts no page.
  `CREATE TABLE dead_letter (
     number bigint GENERATED ALWAYS AS IDENTITY, tenant text NOT NULL, id uuid NOT NULL,
     fact_id text, fact_type text, topic text NOT NULL, group_name text NOT NULL, partition int NOT NULL, position bigint NOT NULL,
     key text, reason text NOT NULL, detail text NOT NULL, at timestamptz NOT NULL,
     state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'discarded')),
     decided_by text, decided_at timestamptz, decided_because text,
     PRIMARY KEY (tenant, id))`,
  `CREATE INDEX dead_letter_newest ON dead_letter (tenant, number DESC)`,
];
