/**
 * What the processes of a service tell each other through PostgreSQL: a session of its own that listens, speaks, and may hold locks.
 * Signals are hints: whoever misses one finds out at the next beat.
 */
import { type BusDatabase, type Session } from './bus-database';

export interface SignalChannelOptions<S extends object> {
  /** At most 63 characters of an SQL identifier. */
  readonly channel: string;
  /** Who speaks; what we said ourselves is not told to us. */
  readonly from: string;
  /** Right after connecting, before anything is heard: the place for locks. */
  readonly onConnected?: (session: Session) => Promise<void>;
  readonly onSignal: (signal: Partial<S>) => void;
  /** The session is gone, and with it its locks. */
  readonly onEnded: () => void;
  readonly onTrouble: (error: unknown) => void;
}

export class SignalChannel<S extends object> {
  #session: Session | undefined;

  constructor(
    private readonly database: BusDatabase,
    private readonly options: SignalChannelOptions<S>,
  ) {}

  /** The session; connects when there is none. One caller at a time. */
  async connected(): Promise<Session> {
    return (this.#session ??= await this.#connect());
  }

  /** Nothing is said while there is no session. */
  async tell(signal: S): Promise<void> {
    const session = this.#session;
    if (!session) return;
    try {
      await session.query('SELECT pg_notify($1, $2)', [this.options.channel, JSON.stringify({ ...signal, from: this.options.from })]);
    } catch (error) {
      this.options.onTrouble(error);
    }
  }

  /** `last` is asked of the session before it ends. */
  async end(last?: (session: Session) => Promise<unknown>): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    await last?.(session).catch(() => undefined);
    await session.end().catch(() => undefined);
  }

  async #connect(): Promise<Session> {
    const { channel, from, onConnected, onSignal, onEnded } = this.options;
    const session = await this.database.session();
    session.onEnd(() => {
      if (this.#session !== session) return;
      this.#session = undefined;
      onEnded();
    });
    session.onNotification((_, payload) => {
      const signal = parseSignal<S>(payload);
      if (signal && signal.from !== from) onSignal(signal);
    });
    try {
      await onConnected?.(session);
      await session.query(`LISTEN "${channel}"`);
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
    return session;
  }
}

function parseSignal<S extends object>(payload: string): (Partial<S> & { readonly from: string }) | undefined {
  try {
    const value = JSON.parse(payload) as (Partial<S> & { readonly from?: unknown }) | null;
    return typeof value?.from === 'string' ? (value as Partial<S> & { readonly from: string }) : undefined;
  } catch {
    // Somebody else's notification on our channel.
    return undefined;
  }
}
