/**
 * Who lives and who owns what: one statement per process every few seconds, whatever the number of groups. A member also holds a
 * session lock, so that a dead process is seen at the next beat of any other and not only when its lease has run out. A
 * notification makes all members look at once.
 */
import { type Topic } from '@tributary/facts';
import { type BusOptions } from '../options';
import { type BusDatabase } from './bus-database';
import { SignalChannel } from './signal-channel';
import { heartbeatSql } from './sql/heartbeat.sql';

/** The first key of the members' advisory locks; `heartbeat.sql.ts` looks for it. */
const memberLockClass = 1_414_677_844;
const channel = 'tributary_bus';

export interface PositionView {
  readonly topic: Topic;
  readonly partition: number;
  readonly owner: string | null;
  readonly epoch: number;
  /** The partition's last position. */
  readonly end: number;
}

export interface GroupView {
  /** The living members, in an order that all members agree on. */
  readonly members: readonly string[];
  readonly positions: readonly PositionView[];
}

/** What members tell each other; positions are hints, the log is the truth. */
export interface Signal {
  /** `topic/partition` that have something new. */
  readonly appended?: readonly string[];
  /** `group/partition` with something newly parked. */
  readonly parked?: readonly string[];
  /** Look again at who owns what. */
  readonly look?: boolean;
}

export interface MembershipOptions {
  readonly member: string;
  readonly lockKey: number;
  readonly heartbeatMs: number;
  readonly leaseMs: number;
  readonly groups: () => readonly string[];
  readonly onView: (view: ReadonlyMap<string, GroupView>) => Promise<void>;
  readonly onSignal: (signal: Partial<Signal>) => void;
}

export class Membership {
  readonly #signals: SignalChannel<Signal>;
  #cancelBeat: (() => void) | undefined;
  #beating: Promise<void> | undefined;
  #again = false;
  #closed = false;
  #failures = 0;
  /** Until then there may be other members; nobody listens to one who is alone. */
  #companyUntil = -Infinity;

  constructor(
    database: BusDatabase,
    private readonly bus: Required<BusOptions>,
    private readonly options: MembershipOptions,
  ) {
    const { member, lockKey } = options;
    this.#signals = new SignalChannel(database, {
      channel,
      from: member,
      onConnected: async (session) => {
        await session.query(`SELECT pg_try_advisory_lock($1, $2)`, [memberLockClass, lockKey]);
        // Others may have to give us our share.
        await session.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify({ from: member, look: true })]);
      },
      onSignal: (signal) => {
        this.#inCompany();
        options.onSignal(signal);
        if (signal.look) void this.look();
      },
      onEnded: () => {
        if (!this.#closed) void this.look();
      },
      onTrouble: (error) => {
        bus.onTrouble(error, 'signal');
      },
    });
  }

  /** Looks now; one look at a time, and once more when asked meanwhile. */
  look(): Promise<void> {
    if (this.#beating) {
      this.#again = true;
      return this.#beating;
    }
    this.#cancelBeat?.();
    this.#beating = this.#beat().finally(() => {
      this.#beating = undefined;
      if (this.#closed) return;
      const delayMs = this.#again
        ? 10
        : this.#failures > 0
          ? Math.min(this.options.heartbeatMs, 100 * 2 ** Math.min(this.#failures, 6))
          : this.options.heartbeatMs;
      this.#again = false;
      this.#cancelBeat = this.bus.clock.after(delayMs, () => void this.look());
    });
    return this.#beating;
  }

  /** Whether anybody else may want to hear signals: a notification costs a commit. Who joins says so at once, and every beat looks. */
  hasCompany(): boolean {
    return this.bus.clock.monotonic() < this.#companyUntil;
  }

  /** Tells the other members; lost signals are found by the next beat. */
  async signal(signal: Signal): Promise<void> {
    await this.#signals.tell(signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelBeat?.();
    await this.#beating;
    await this.#signals.end(async (session) => {
      await session.query('DELETE FROM bus.member WHERE member = $1', [this.options.member]);
      await session.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify({ from: this.options.member, look: true })]);
    });
  }

  /** Ends the session without a word, as a crash does. */
  async abandon(): Promise<void> {
    this.#closed = true;
    this.#cancelBeat?.();
    await this.#signals.end();
  }

  #inCompany(): void {
    this.#companyUntil = this.bus.clock.monotonic() + this.options.leaseMs;
  }

  async #beat(): Promise<void> {
    const groups = this.options.groups();
    if (groups.length === 0 || this.#closed) return;
    try {
      const session = await this.#signals.connected();
      const [row] = await session.query<{ company: boolean; members: { group: string; member: string }[]; positions: (PositionView & { group: string })[] }>(
        heartbeatSql,
        [this.options.member, [...groups], this.options.lockKey, this.options.leaseMs],
      );
      if (!row) return;
      this.#failures = 0;
      if (row.company) this.#inCompany();
      const view = groups.map((group): [string, GroupView] => {
        const living = row.members.filter((candidate) => candidate.group === group).map(({ member }) => member);
        return [
          group,
          { members: [...new Set([...living, this.options.member])].sort(), positions: row.positions.filter((position) => position.group === group) },
        ];
      });
      await this.options.onView(new Map(view));
    } catch (error) {
      this.#failures++;
      this.bus.onTrouble(error, 'heartbeat');
    }
  }
}
