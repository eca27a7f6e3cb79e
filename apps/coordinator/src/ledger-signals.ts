/** Tells readers that a ledger has grown: at once inside this process, by NOTIFY between replicas. A hint; the ledger is the truth. */
import { type Clock } from '@tributary/fact-bus';

export interface SignalSession {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  onNotification(listener: (channel: string, payload: string) => void): void;
  onEnd(listener: () => void): void;
  end(): Promise<void>;
}

const channel = 'tributary_ledger';
/** Task ids of one notification; a payload may have 8,000 bytes. */
const idsMax = 150;

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

  async start(): Promise<void> {
    const { connect, clock, onTrouble, member } = this.options;
    if (!connect || this.#closed) return;
    try {
      const session = await connect();
      session.onEnd(() => {
        this.#session = undefined;
        clock.after(500, () => {
          void this.start();
        });
      });
      session.onNotification((_, payload) => {
        const [from, ...ids] = payload.split(' ');
        if (from !== member) this.#wake(ids);
      });
      await session.query(`LISTEN ${channel}`);
      this.#session = session;
      // What was told while we were away.
      this.#wake([...this.#listeners.keys()]);
    } catch (error) {
      onTrouble(error);
      clock.after(1_000, () => {
        void this.start();
      });
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
    for (const taskId of taskIds) this.#pending.add(taskId);
    void this.#send();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#session?.end();
  }

  #wake(taskIds: readonly string[]): void {
    for (const taskId of taskIds) for (const listener of [...(this.#listeners.get(taskId) ?? [])]) listener();
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#pending.size > 0) {
      const ids = [...this.#pending].slice(0, idsMax);
      for (const id of ids) this.#pending.delete(id);
      try {
        await this.#session?.query('SELECT pg_notify($1, $2)', [channel, [this.options.member, ...ids].join(' ')]);
      } catch (error) {
        this.options.onTrouble(error);
      }
    }
    this.#sending = false;
  }
}
