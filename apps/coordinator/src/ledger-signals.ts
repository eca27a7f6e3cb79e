/** Tells readers that a ledger has grown: at once inside this process, by NOTIFY between replicas. A hint; the ledger is the truth. */
import { type Clock } from '@tributary/fact-bus';

export interface SignalSession {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  onNotification(listener: (channel: string, payload: string) => void): void;
  onEnd(listener: () => void): void;
  end(): Promise<void>;
}

const channel = 'tributary_ledger';
/** Task ids of one notification: a payload may have 8,000 bytes, an id 64. */
const idsMax = 100;
/** Growth that nobody could be told of because the session was away; more than this is left to the readers' own looks. */
const pendingMax = 10_000;

export class LedgerSignals {
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #pending = new Set<string>();
  #session: SignalSession | undefined;
  #sending = false;
  #closed = false;

  /** `connect` absent: one process only. */
  constructor(
    private readonly options: {
      readonly member: string;
      readonly clock: Clock;
      readonly connect?: () => Promise<SignalSession>;
      readonly onTrouble: (error: unknown) => void;
    },
  ) {}

  /** Listens; a session that is lost is opened again. Resolves after the first try, whatever comes of it. */
  async start(): Promise<void> {
    const { connect, onTrouble, member } = this.options;
    if (!connect || this.#closed) return;
    let session: SignalSession | undefined;
    try {
      session = await connect();
      const opened = session;
      opened.onEnd(() => {
        if (this.#session !== opened) return;
        this.#session = undefined;
        this.#startAgain();
      });
      opened.onNotification((_, payload) => {
        const [from, ...ids] = payload.split(' ');
        if (from !== member) this.#wake(ids);
      });
      await opened.query(`LISTEN ${channel}`);
      if (this.#isClosed()) {
        await opened.end();
        return;
      }
      this.#session = opened;
      // What was told while we were away.
      this.#wake([...this.#listeners.keys()]);
      void this.#send();
    } catch (error) {
      onTrouble(error);
      await session?.end().catch(() => undefined);
      this.#startAgain();
    }
  }

  /** `listener` runs after every growth of this task's ledger; the answer ends it. */
  listen(taskId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(taskId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(taskId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(taskId) === listeners) this.#listeners.delete(taskId);
    };
  }

  grown(taskIds: readonly string[]): void {
    this.#wake(taskIds);
    if (!this.options.connect) return;
    for (const taskId of taskIds) if (this.#pending.size < pendingMax) this.#pending.add(taskId);
    void this.#send();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#session?.end();
  }

  #startAgain(): void {
    this.options.clock.after(500, () => {
      void this.start();
    });
  }

  /** The compiler believes that nothing changes during an await. */
  #isClosed(): boolean {
    return this.#closed;
  }

  #wake(taskIds: readonly string[]): void {
    for (const taskId of taskIds) for (const listener of [...(this.#listeners.get(taskId) ?? [])]) listener();
  }

  /** One notification at a time for all that grew meanwhile. */
  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let session = this.#session; session && this.#pending.size > 0; session = this.#session) {
      const ids = [...this.#pending].slice(0, idsMax);
      try {
        await session.query('SELECT pg_notify($1, $2)', [channel, [this.options.member, ...ids].join(' ')]);
        for (const id of ids) this.#pending.delete(id);
      } catch (error) {
        this.options.onTrouble(error);
        break;
      }
    }
    this.#sending = false;
  }
}
