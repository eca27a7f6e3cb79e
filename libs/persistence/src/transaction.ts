/** A unit of work with a moment right before and right after its commit. Opaque to handlers; stores of the same kind know what is inside. */
export interface Transaction {
  /** Runs as the transaction's last statements, in the order given; what takes the bus partitions' locks goes here. */
  beforeCommit(hook: () => Promise<void>): void;
  /** Runs once the commit is certain; must not throw. */
  afterCommit(hook: () => void): void;
}

/** What a service needs of its database. */
export interface Database<T extends Transaction = Transaction> {
  /** Commits when `work` resolves, rolls back when it rejects. Nothing else may be waited for inside. */
  transaction<R>(work: (tx: T) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

/** The hooks of one transaction; both adapters use it. */
export class CommitHooks {
  readonly #before: (() => Promise<void>)[] = [];
  readonly #after: (() => void)[] = [];

  before(hook: () => Promise<void>): void {
    this.#before.push(hook);
  }

  after(hook: () => void): void {
    this.#after.push(hook);
  }

  /** A hook may add hooks. */
  async runBefore(): Promise<void> {
    for (let hook = this.#before.shift(); hook; hook = this.#before.shift()) await hook();
  }

  runAfter(): void {
    for (const hook of this.#after.splice(0)) hook();
  }
}
