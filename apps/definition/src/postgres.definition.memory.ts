/** The definition service's memory in PostgreSQL. */
import { type Transaction } from '@tributary/fact-bus';
import { type PostgresDatabase, sqlOf } from '@tributary/persistence';
import { type DefinitionMemory, type Kind, type Revision } from './definition.memory';

const tenant = 'default';
const columns = 'kind, name, revision, document, made_by AS "by", at';
type Row = Omit<Revision, 'at'> & { readonly at: Date };

export class PostgresDefinitionMemory implements DefinitionMemory {
  constructor(private readonly database: Pick<PostgresDatabase, 'query'>) {}

  async lock(tx: Transaction, kind: Kind, name: string): Promise<Revision | undefined> {
    const sql = sqlOf(tx);
    // A name without a revision has no row to lock.
    await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tributary:definition:${kind}/${name}`]);
    const rows = await sql.query<Row>(`SELECT ${columns} FROM revision WHERE tenant = $1 AND kind = $2 AND name = $3 ORDER BY revision DESC LIMIT 1`, [
      tenant,
      kind,
      name,
    ]);
    return rows.map(revisionOf)[0];
  }

  async add(tx: Transaction, { kind, name, revision, document, by, at }: Revision): Promise<void> {
    const values = [tenant, kind, name, revision, JSON.stringify(document), by, at];
    await sqlOf(tx).execute('INSERT INTO revision (tenant, kind, name, revision, document, made_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)', values);
  }

  async find(kind: Kind, name: string): Promise<Revision | undefined> {
    return (await this.revisions(kind, name, 1))[0];
  }

  async revisions(kind: Kind, name: string, limit: number, before?: number): Promise<readonly Revision[]> {
    const text = `SELECT ${columns} FROM revision WHERE tenant = $1 AND kind = $2 AND name = $3 AND ($4::int IS NULL OR revision < $4) ORDER BY revision DESC LIMIT $5`;
    return (await this.database.query<Row>(text, [tenant, kind, name, before ?? null, limit])).map(revisionOf);
  }

  async newest(kind: Kind, limit: number, after = ''): Promise<readonly Revision[]> {
    const text = `SELECT DISTINCT ON (name COLLATE "C") ${columns} FROM revision WHERE tenant = $1 AND kind = $2 AND name COLLATE "C" > $3
      ORDER BY name COLLATE "C", revision DESC LIMIT $4`;
    return (await this.database.query<Row>(text, [tenant, kind, after, limit])).map(revisionOf);
  }
}

function revisionOf({ at, ...row }: Row): Revision {
  return { ...row, at: at.toISOString() };
}
