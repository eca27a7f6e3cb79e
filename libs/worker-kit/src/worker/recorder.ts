/**
 * Writes what becomes of runs, and tells it, in one transaction for all that came up while the last one was under way: one run
 * waits for one commit, a thousand runs wait for a few. Facts are told only for runs that are still ours.
 */
import { type Fact } from '@tributary/facts';
import { type FactBus } from '@tributary/fact-bus';
import { type Database, isTransient } from '@tributary/persistence';
import { type Clock, type Log } from '@tributary/service-kit';
import { keyOf } from '../runs/run';
import { type RunMemory, type Step } from '../runs/run.memory';

export interface RecorderOptions {
  readonly database: Database;
  readonly bus: Pick<FactBus, 'publish'>;
  readonly memory: RunMemory;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
  readonly leaseMs: number;
}

interface Entry {
  readonly step: Step;
  readonly facts: readonly Fact[];
  readonly resolve: (ours: boolean) => void;
  readonly reject: (error: unknown) => void;
}

const batchMax = 200;

export class Recorder {
  #waiting: Entry[] = [];
  #flushing: Promise<void> | undefined;
  #stopped = false;
  #abandoned = false;

  constructor(private readonly options: RecorderOptions) {}

  /** Answers whether the run was still ours; only then was anything written or told. */
  record(step: Step, facts: readonly Fact[] = []): Promise<boolean> {
    if (this.#abandoned) return Promise.resolve(false);
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.#waiting.push({ step, facts, resolve, reject });
    this.#flushing ??= this.#flush();
    return promise;
  }

  /** Resolves when everything is written, or given up after the database was away. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#flushing;
  }

  /** As a crash leaves it: what waits is never written. */
  abandon(): void {
    this.#abandoned = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve(false);
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) await this.#write(this.#nextBatch());
    this.#flushing = undefined;
  }

  /** At most one step per run, in the order in which they came. */
  #nextBatch(): Entry[] {
    const batch: Entry[] = [];
    const rest: Entry[] = [];
    const runs = new Set<string>();
    for (const entry of this.#waiting) {
      const key = keyOf(entry.step.key);
      if (runs.has(key) || batch.length === batchMax) rest.push(entry);
      else batch.push(entry);
      runs.add(key);
    }
    this.#waiting = rest;
    return batch;
  }

  async #write(batch: readonly Entry[]): Promise<void> {
    try {
      const ours = await this.#patiently(batch);
      for (const { step, resolve } of batch) resolve(ours.has(keyOf(step.key)));
    } catch (error) {
      // One bad fact must not cost its neighbours their own.
      if (batch.length > 1 && !isTransient(error)) for (const entry of batch) await this.#write([entry]);
      else for (const { reject } of batch) reject(error);
    }
  }

  /** The same again while the database is in trouble. Written twice is written once: the second time the rows are not ours any more, or the facts have the same ids. */
  async #patiently(batch: readonly Entry[]): Promise<ReadonlySet<string>> {
    const { clock, log } = this.options;
    for (let failures = 1; ; failures++) {
      try {
        return await this.#once(batch);
      } catch (error) {
        if (!isTransient(error) || this.#stopped) throw error;
        log.warn({ err: error, runs: batch.length }, 'cannot record what became of runs; trying again');
        await new Promise<void>((resolve) => {
          clock.after(Math.min(2_000, 50 * 2 ** failures), resolve);
        });
      }
    }
  }

  #once(batch: readonly Entry[]): Promise<ReadonlySet<string>> {
    const { database, bus, memory, owner, leaseMs } = this.options;
    return database.transaction(async (tx) => {
      const steps = batch.map(({ step }) => step);
      const ours = await memory.apply(tx, owner, leaseMs, steps);
      const facts = batch.flatMap((entry) => (ours.has(keyOf(entry.step.key)) ? entry.facts : []));
      if (facts.length > 0) bus.publish(tx, facts);
      return ours;
    });
  }
}
