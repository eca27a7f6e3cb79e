/** When to try again. Chance and timers are arguments, so that a test needs no patience. */

export interface Pace {
  /** In [0, 1). */
  random(): number;
  /** Calls back once after so many ms; what it answers takes that back. */
  after(ms: number, callback: () => void): () => void;
}

export const realPace: Pace = {
  random: () => Math.random(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

const firstMs = 250;
const mostMs = 15_000;

/** Between half and the whole of a wait that doubles with every attempt (from 1) up to 15 s; never shorter than the server asked for. */
export function backoffMs(attempt: number, { random }: Pick<Pace, 'random'>, askedMs = 0): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 16));
  return Math.max(askedMs, Math.round(whole * (0.5 + random() / 2)));
}

/** Resolves early when the signal aborts. */
export function pause(ms: number, pace: Pace, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      forget();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const forget = pace.after(ms, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
