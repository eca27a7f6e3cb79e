/** The definition service's own schema. Forward only. */

export class DefinitionSchema1763700200000 {
  readonly name = 'DefinitionSchema1763700200000';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query(`CREATE TABLE revision (
      tenant text NOT NULL, kind text NOT NULL, name text NOT NULL, revision int NOT NULL, document jsonb NOT NULL, made_by text NOT NULL, at timestamptz NOT NULL,
      PRIMARY KEY (tenant, kind, name, revision))`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}
