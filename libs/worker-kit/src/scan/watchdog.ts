/**
 * A thread beside the scan that ends the process when the scan cannot be trusted to: it holds more memory than allowed, also
 * outside of the JavaScript heap, or whoever started it is gone while it loops. It sleeps while no job runs.
 */
import { Worker } from 'node:worker_threads';

/** Not a file of its own: it must run from a bundle and from tests alike. */
const source = `
const { workerData: { shared, parent, memoryBytes, lookMs } } = require('node:worker_threads');
const busy = new Int32Array(shared);
for (;;) {
  Atomics.wait(busy, 0, 0);
  Atomics.wait(busy, 0, 1, lookMs);
  if (process.ppid !== parent || process.memoryUsage.rss() > memoryBytes) process.kill(process.pid, 'SIGKILL');
}`;

export class Watchdog {
  readonly #busy = new Int32Array(new SharedArrayBuffer(4));

  constructor(memoryBytes: number) {
    const workerData = { shared: this.#busy.buffer, parent: process.ppid, memoryBytes, lookMs: 100 };
    new Worker(source, { eval: true, workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
  }

  busy(jobRuns: boolean): void {
    Atomics.store(this.#busy, 0, jobRuns ? 1 : 0);
    Atomics.notify(this.#busy, 0);
  }
}
