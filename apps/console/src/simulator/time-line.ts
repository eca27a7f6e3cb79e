/** Where times stand on the line. Pure. */

export interface TimeScale {
  readonly endMs: number;
  /** Percent from the left. */
  readonly at: (ms: number) => number;
  readonly ticks: readonly number[];
}

const steps = [100, 250, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000];
const ticksMax = 8;

/** Room for all the moments, and a little behind the last one. */
export function timeScale(moments: readonly number[]): TimeScale {
  const endMs = Math.max(1_000, ...moments) * 1.06;
  const step = steps.find((candidate) => endMs / candidate <= ticksMax) ?? endMs / ticksMax;
  const ticks = Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
  return { endMs, ticks, at: (ms) => (Math.max(0, Math.min(ms, endMs)) / endMs) * 100 };
}
