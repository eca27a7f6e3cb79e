/** What the PostgreSQL bus needs of a database: transactions with SQL inside, and sessions for LISTEN and locks. */
import { type Transaction } from '../port';

export interface SqlTransaction extends Transaction {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
}

export interface Session {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  onNotification(listener: (channel: string, payload: string) => void): void;
  onEnd(listener: () => void): void;
  end(): Promise<void>;
}

/** The bus's own connection to the database that holds the schema `bus`. */
export interface BusDatabase {
  transaction<R>(work: (tx: SqlTransaction) => Promise<R>): Promise<R>;
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  session(): Promise<Session>;
}
