/** Finds the products, and the versions of one, without reading their tasks. */

export class VersionIndex1763700100001 {
  readonly name = 'VersionIndex1763700100001';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    // Its columns are written once, when the task is created: what a batch writes leaves it alone.
    await runner.query(`CREATE INDEX task_by_version ON task (tenant, product COLLATE "C", version COLLATE "C") WHERE created_at IS NOT NULL`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}
