/**
 * Time that jumps: whenever nothing is left to do at this moment, it is the next timer's moment. Timers of one moment run in an order
 * that the seed decides. Everything that waits in the simulation waits here, so a day costs as much as what happens in it.
 */
import { type Clock } from '@tributary/fact-bus';

interface Timer {
  readonly at: number;
  /** Among timers of one moment. */
  readonly lot: number;
  readonly number: number;
  run: (() => void) | undefined;
}

/** 2026-01-01T00:00:00Z */
export const beginning = Date.UTC(2026, 0, 1);

export class VirtualClock implements Clock {
  readonly #timers: Timer[] = [];
  #elapsed = 0;
  #number = 0;

  /** `lot`: from 0 up to, but not, 1. */
  constructor(private readonly lot: () => number) {}

  now(): number {
    return beginning + Math.floor(this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  /** How many timers have been set so far. */
  get set(): number {
    return this.#number;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer: Timer = { at: this.#elapsed + Math.max(0, delayMs), lot: this.lot(), number: this.#number++, run };
    this.#push(timer);
    return () => {
      timer.run = undefined;
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /** Lets time pass until nothing is left to wait for, `until` (ms of monotonic time) is reached, or `enough` says so. */
  async run(until: number, enough: () => boolean = () => false): Promise<void> {
    await settled();
    while (!enough()) {
      const next = this.#pop(until);
      if (!next) {
        this.#elapsed = Math.max(this.#elapsed, until);
        return;
      }
      this.#elapsed = next.at;
      next.run?.();
      await settled();
    }
  }

  /** The next timer that nobody has cancelled. */
  #pop(until: number): Timer | undefined {
    for (let first = this.#timers[0]; first; first = this.#timers[0]) {
      if (first.run && first.at > until) return undefined;
      const last = this.#timers.pop();
      if (last && last !== first) this.#sink(last);
      if (first.run) return first;
    }
    return undefined;
  }

  #push(timer: Timer): void {
    let at = this.#timers.length;
    this.#timers.push(timer);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.#timers[above];
      if (!parent || !earlier(timer, parent)) break;
      this.#timers[at] = parent;
      at = above;
    }
    this.#timers[at] = timer;
  }

  /** Puts a timer in the place of the first. */
  #sink(timer: Timer): void {
    let at = 0;
    for (;;) {
      const [left, right] = [this.#timers[2 * at + 1], this.#timers[2 * at + 2]];
      const below = right && left && earlier(right, left) ? 2 * at + 2 : 2 * at + 1;
      const child = this.#timers[below];
      if (!child || !earlier(child, timer)) break;
      this.#timers[at] = child;
      at = below;
    }
    this.#timers[at] = timer;
  }
}

function earlier(a: Timer, b: Timer): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.lot !== b.lot ? a.lot < b.lot : a.number < b.number;
}

/** Resolves when every promise that can go on has gone on: an immediate runs behind all microtasks. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
