/** Dead letters in PostgreSQL, schema `gateway`. */
import { type DeadLetterState } from '@tributary/http-api';
import { type PostgresDatabase, sqlOf, type Transaction } from '@tributary/persistence';
import { type DeadLetterFilter, type DeadLetterItem, type DeadLetterMemory, type Decision, type NumberedDeadLetter } from './dead-letter.memory';
import { addLettersSql } from './sql/add-letters.sql';
import { decideLetterSql } from './sql/decide-letter.sql';
import { listLettersSql } from './sql/list-letters.sql';

interface LetterRow {
  readonly number: number;
  readonly tenant: string;
  readonly id: string;
  readonly factId: string | null;
  readonly type: string | null;
  readonly topic: string;
  readonly group: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly at: Date;
  readonly state: DeadLetterState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decidedBecause: string | null;
}

export class PostgresDeadLetterMemory implements DeadLetterMemory {
  constructor(private readonly database: Pick<PostgresDatabase, 'query'>) {}

  async add(tx: Transaction, letters: readonly Omit<DeadLetterItem, 'state' | 'decided'>[]): Promise<void> {
    if (letters.length === 0) return;
    const column = <V>(value: (letter: Omit<DeadLetterItem, 'state' | 'decided'>) => V): V[] => letters.map(value);
    await sqlOf(tx).execute(addLettersSql, [
      column(({ tenant }) => tenant),
      column(({ id }) => id),
      column(({ factId }) => factId ?? null),
      column(({ type }) => type ?? null),
      column(({ topic }) => topic),
      column(({ group }) => group),
      column(({ partition }) => partition),
      column(({ offset }) => offset),
      column(({ key }) => key ?? null),
      column(({ reason }) => reason),
      column(({ detail }) => detail),
      column(({ at }) => new Date(at)),
    ]);
  }

  async decide(tx: Transaction, { tenant, id, state, by, at, because }: Decision): Promise<DeadLetterItem | undefined> {
    const [row] = await sqlOf(tx).query<LetterRow>(decideLetterSql, [tenant, id, state, by, new Date(at), because ?? null]);
    return row && letterOf(row);
  }

  async find(tenant: string, id: string): Promise<DeadLetterItem | undefined> {
    const [row] = await this.database.query<LetterRow>(listLettersSql, [tenant, id, null, null, null, null, null, 1]);
    return row && letterOf(row);
  }

  async list(tenant: string, filter: DeadLetterFilter, limit: number, before?: number): Promise<readonly NumberedDeadLetter[]> {
    const { factId, topic, group, state } = filter;
    const narrowed = [tenant, null, factId ?? null, topic ?? null, group ?? null, state ?? null, before ?? null, limit];
    return (await this.database.query<LetterRow>(listLettersSql, narrowed)).map(letterOf);
  }
}

function letterOf({ factId, type, key, at, decidedBy, decidedAt, decidedBecause, ...row }: LetterRow): NumberedDeadLetter {
  return {
    ...row,
    at: at.getTime(),
    ...(factId !== null && { factId }),
    ...(type !== null && { type }),
    ...(key !== null && { key }),
    ...(decidedBy !== null && decidedAt !== null && { decided: { by: decidedBy, at: decidedAt.getTime(), because: decidedBecause ?? undefined } }),
  };
}
