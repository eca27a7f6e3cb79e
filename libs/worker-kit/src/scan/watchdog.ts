/**
 * A thread beside the scan that ends the process when the scan cannot be trusted to: it holds more memory than allowed, also
 * outside of the JavaScript heap, or whoever started it is gone while it loops. It sleeps while no job runs.
 */
import { Worker } from 'node:worker_threads';

/** Places in the shared memory. */
const [busyAt, asleepAt, pauseAt, rssAt, places] = [0, 1, 2, 3, 4];
const rssUnit = 1024 * 1024;

/**
 * Not a file of its own: it must run from a bundle and from tests alike. It falls asleep when it sees no job, and only then has to be
 * woken: jobs that follow each other closely cost it nothing.
 */
const source = `
const { workerData: { shared, parent, memoryBytes, lookMs } } = require('node:worker_threads');
const state = new Int32Array(shared);
for (;;) {
  if (Atomics.load(state, ${busyAt}) === 0) {
    Atomics.store(state, ${asleepAt}, 1);
    Atomics.wait(state, ${busyAt}, 0);
    Atomics.store(state, ${asleepAt}, 0);
  }
  Atomics.wait(state, ${pauseAt}, 0, lookMs);
  const rss = process.memoryUsage.rss();
  Atomics.store(state, ${rssAt}, rss / ${rssUnit});
  if (process.ppid !== parent || rss > memoryBytes) process.kill(process.pid, 'SIGKILL');
}`;

export class Watchdog {
  readonly #state = new Int32Array(new SharedArrayBuffer(4 * places));

  constructor(memoryBytes: number) {
    const workerData = { shared: this.#state.buffer, parent: process.ppid, memoryBytes, lookMs: 100 };
    new Worker(source, { eval: true, workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
  }

  /** What the process held when it was last looked at; asking the system is as dear as a small job. */
  get rssBytes(): number {
    return Atomics.load(this.#state, rssAt) * rssUnit;
  }

  busy(jobRuns: boolean): void {
    Atomics.store(this.#state, busyAt, jobRuns ? 1 : 0);
    if (jobRuns && Atomics.load(this.#state, asleepAt) === 1) Atomics.notify(this.#state, busyAt);
  }
}
