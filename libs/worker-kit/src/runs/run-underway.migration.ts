/** Whether a lost holder counts as a failure of the run: not while its scan only waits for its turn. */
/** Forward only. */
export class RunUnderway1763730000000 {
  readonly name = 'RunUnderway1763730000000';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('ALTER TABLE run ADD COLUMN underway boolean NOT NULL DEFAULT false');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}
