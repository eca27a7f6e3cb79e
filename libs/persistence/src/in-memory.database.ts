/** A database of one process's memory: transactions run one after the other and undo what they did when they fail. */
import { CommitHooks, type Database, type Transaction } from './transaction';

export class InMemoryTransaction implements Transaction {
  readonly #hooks = new CommitHooks();
  readonly #undo: (() => void)[] = [];

  beforeCommit(hook: () => Promise<void>): void {
    this.#hooks.before(hook);
  }

  afterCommit(hook: () => void): void {
    this.#hooks.after(hook);
  }

  /** Registers how to take back a change; call it with every change. */
  undo(step: () => void): void {
    this.#undo.push(step);
  }

  async commit(): Promise<void> {
    await this.#hooks.runBefore();
    this.#undo.length = 0;
    this.#hooks.runAfter();
  }

  rollback(): void {
    for (const step of this.#undo.splice(0).reverse()) step();
  }
}

export class InMemoryDatabase implements Database<InMemoryTransaction> {
  #last: Promise<unknown> = Promise.resolve();

  transaction<R>(work: (tx: InMemoryTransaction) => Promise<R>): Promise<R> {
    const turn = this.#last.then(() => this.#run(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.#last;
  }

  async #run<R>(work: (tx: InMemoryTransaction) => Promise<R>): Promise<R> {
    const tx = new InMemoryTransaction();
    try {
      const result = await work(tx);
      await tx.commit();
      return result;
    } catch (error) {
      tx.rollback();
      throw error;
    }
  }
}

/** The in-memory side of a transaction, for in-memory stores. Throws a TypeError when stores and database are of different kinds: a wiring mistake. */
export function memoryOf(tx: Transaction): InMemoryTransaction {
  if (tx instanceof InMemoryTransaction) return tx;
  throw new TypeError('An in-memory store was given the transaction of another database.');
}

/** A map whose changes are undone with their transaction. */
export class InMemoryTable<K, V> {
  readonly #rows = new Map<K, V>();

  get(key: K): V | undefined {
    return this.#rows.get(key);
  }

  set(tx: Transaction, key: K, value: V): void {
    const had = this.#rows.has(key);
    const before = this.#rows.get(key);
    this.#rows.set(key, value);
    memoryOf(tx).undo(() => {
      if (had) this.#rows.set(key, before as V);
      else this.#rows.delete(key);
    });
  }

  delete(tx: Transaction, key: K): void {
    if (!this.#rows.has(key)) return;
    const before = this.#rows.get(key) as V;
    this.#rows.delete(key);
    memoryOf(tx).undo(() => this.#rows.set(key, before));
  }

  values(): V[] {
    return [...this.#rows.values()];
  }

  get size(): number {
    return this.#rows.size;
  }
}
