/**
 * One process: everything it does to the world goes through its ports, and any call of a port may be its last. When it is dead, its
 * calls are never answered and its timers never fire: all memory of it is gone, whatever still refers to it.
 */
import { type Clock } from '@tributary/fact-bus';
import { type Identity } from '@tributary/service-kit';
import { DatabaseTrouble, ProcessDied } from '../faults/errors';
import { type CallFaults } from '../faults/fault-plan';
import { type History } from '../history';
import { type Random } from '../random';
import { type VirtualClock } from './virtual-clock';

export interface ProcessOptions {
  /** `coordinator-1#3` */
  readonly name: string;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly history: History;
  /** What goes wrong now. */
  readonly faults: () => CallFaults;
  /** Its wall clock is off by so much, ms. */
  readonly skewMs: number;
  /** Called once, when it dies by itself. */
  readonly onDeath: (process: SimulatedProcess) => void;
}

/** For a dead process: nobody waits for it. */
function never<R>(): Promise<R> {
  return new Promise<R>(() => undefined);
}

export class SimulatedProcess {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly death = Promise.withResolvers<never>();
  #alive = true;

  constructor(private readonly options: ProcessOptions) {
    const { clock, random, skewMs } = options;
    // Nobody has to listen.
    this.death.promise.catch(() => undefined);
    this.clock = {
      now: () => clock.now() + skewMs,
      monotonic: () => clock.monotonic(),
      after: (delayMs, run) =>
        clock.after(delayMs, () => {
          if (this.#alive) run();
        }),
    };
    this.identity = { fresh: () => random.uuid(clock.now()) };
  }

  get name(): string {
    return this.options.name;
  }

  /** A method, because the compiler believes that nothing changes during an await. */
  isAlive(): boolean {
    return this.#alive;
  }

  /** All memory of it is gone from here on. */
  die(why: string): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.fault('crash', why);
    this.death.reject(new ProcessDied(this.name));
    this.options.onDeath(this);
  }

  /** A call of a port: late, the last one, or as it should be. */
  async call<R>(point: string, work: () => Promise<R>): Promise<R> {
    const { random, clock, faults } = this.options;
    if (!this.#alive) return await never();
    const { crash, delay, stall } = faults();
    const last = random.chance(crash);
    if (last && random.chance(0.5)) this.die(`before ${point}`);
    if (this.isAlive() && random.chance(delay)) await clock.sleep(random.chance(0.8) ? random.between(0, 5) : random.between(5, 30));
    if (this.isAlive() && random.chance(stall)) {
      this.fault('stall', point);
      await clock.sleep(random.between(100, 3_000));
    }
    if (!this.isAlive()) return await never();
    try {
      const answer = await work();
      if (last) this.die(`after ${point}`);
      return this.isAlive() ? answer : await never<R>();
    } catch (error) {
      if (!this.isAlive()) return await never<R>();
      throw error;
    }
  }

  /** A port of which every method answers with a promise. `away`: why nobody can be reached now. */
  port<T extends object>(name: string, target: T, away: () => Error | undefined = () => undefined): T {
    return new Proxy(target, {
      get: (_, property): unknown => {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): Promise<unknown> =>
          this.call(`${name}.${String(property)}`, async () => {
            const error = away();
            if (error) throw error;
            return (await Reflect.apply(member, target, given)) as unknown;
          });
      },
    });
  }

  /** Whether the transaction at hand fails, and how. */
  drawTransaction(): { readonly abort?: DatabaseTrouble; readonly unknown?: DatabaseTrouble } {
    const { random, faults } = this.options;
    const { abort, unknown } = faults();
    if (random.chance(abort)) return { abort: new DatabaseTrouble('40001', 'could not serialize access due to concurrent update') };
    if (random.chance(unknown)) return { unknown: new DatabaseTrouble('08006', 'Connection terminated unexpectedly') };
    return {};
  }

  fault(kind: string, detail: string): void {
    this.options.history.add({ process: this.name, type: 'info', f: 'fault', key: kind, value: { detail } });
  }
}
