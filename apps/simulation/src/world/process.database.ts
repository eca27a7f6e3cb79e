/**
 * A service's database as one process sees it: transactions that are rolled back, that are committed while the process hears of a lost
 * connection, that end with the process. Hooks of the bus belong to the commit; hooks of the service run in a process that knows of it.
 */
import { type Database, type InMemoryDatabase, type InMemoryTransaction } from '@tributary/persistence';
import { DatabaseTrouble, ProcessDied } from '../faults/errors';
import { type SimulatedProcess } from './simulated.process';

export class ProcessDatabase implements Database<InMemoryTransaction> {
  /** Set while the bus adds what belongs to the commit. */
  #ofTheCommit = false;

  constructor(
    private readonly process: SimulatedProcess,
    private readonly shared: InMemoryDatabase,
    private readonly away: () => boolean,
    /** After every commit, whether its process hears of it or not. */
    private readonly onCommitted: (tx: InMemoryTransaction, heard: boolean) => void,
  ) {}

  transaction<R>(work: (tx: InMemoryTransaction) => Promise<R>): Promise<R> {
    return this.process.call('database.transaction', () => this.#run(work));
  }

  /** For the bus, which must not wait for the dead: rejects where `transaction` never answers. */
  readonly forBus: Pick<Database<InMemoryTransaction>, 'transaction'> = {
    transaction: (work) => Promise.race([this.transaction(work), this.process.death.promise]),
  };

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Hooks that `add` registers are part of the commit. */
  partOfCommit(add: () => void): void {
    this.#ofTheCommit = true;
    try {
      add();
    } finally {
      this.#ofTheCommit = false;
    }
  }

  async #run<R>(work: (tx: InMemoryTransaction) => Promise<R>): Promise<R> {
    if (this.away()) throw new DatabaseTrouble('ECONNREFUSED', 'connect ECONNREFUSED');
    const { abort, unknown } = this.process.drawTransaction();
    const answer = await this.shared.transaction(async (tx) => {
      let over = false;
      this.#shield(
        tx,
        () => over,
        () => this.process.isAlive() && !unknown,
      );
      try {
        const result = await Promise.race([work(tx), this.process.death.promise]);
        if (abort) throw abort;
        if (!this.process.isAlive()) throw new ProcessDied(this.process.name);
        this.partOfCommit(() => {
          tx.afterCommit(() => {
            this.onCommitted(tx, !unknown);
          });
        });
        return result;
      } catch (error) {
        over = true;
        if (abort && error === abort) this.process.fault('abort', abort.code);
        throw error;
      }
    });
    if (!unknown) return answer;
    this.process.fault('unknown-commit', unknown.code);
    throw unknown;
  }

  #shield(tx: InMemoryTransaction, isOver: () => boolean, hears: () => boolean): void {
    const [afterCommit, undo] = [tx.afterCommit.bind(tx), tx.undo.bind(tx)];
    tx.afterCommit = (hook) => {
      const part = this.#ofTheCommit;
      afterCommit(() => {
        if (part || hears()) hook();
      });
    };
    // What somebody still does in a transaction that was rolled back is taken back at once.
    tx.undo = (step) => {
      if (isOver()) step();
      else undo(step);
    };
  }
}
