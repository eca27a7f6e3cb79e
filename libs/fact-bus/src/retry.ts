/** When a failed fact is tried again, and when the bus gives up on it. Pure. */
export interface RetryPolicy {
  /** Tries at most, the first included. */
  readonly attemptsMax: number;
  /** Milliseconds before the next try, after so many failures. */
  readonly backoffMs: (failures: number) => number;
  /** Milliseconds of `later` when the handler names none. */
  readonly laterMs: number;
}

export const defaultRetry: RetryPolicy = {
  attemptsMax: 8,
  backoffMs: (failures) => Math.min(60_000, 250 * 4 ** Math.max(0, failures - 1)),
  laterMs: 1_000,
};
