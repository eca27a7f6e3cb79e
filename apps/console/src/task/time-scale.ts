/** The window of a round as a stretch of time: where its moments lie, and where to write times. Pure. */
import { type ShownWindow } from './rounds';

export interface TimeScale {
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Per cent from the left; beyond the ends it stays at them. */
  readonly at: (moment: number) => number;
  /** ms after `from`. */
  readonly ticks: readonly number[];
  /** The deadline lies beyond the right end. */
  readonly deadlineBeyond: boolean;
}

/** Steps that people count in, ms. */
const steps = [100, 200, 500, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400].map((step, index) =>
  index < 3 ? step : step * 1_000,
);
const ticksMax = 8;
/** Room behind the last moment. */
const roomAfter = 1.06;

/** `moments`: what else has to be in the picture, such as late facts. */
export function timeScale(window: ShownWindow, now: number, moments: readonly number[] = []): TimeScale {
  const from = window.openedAt ?? now;
  const last = Math.max(window.closedAt ?? now, window.participationEndsAt ?? from, ...inReach(window, moments, now), from + 1_000);
  const deadlineAt = window.deadlineAt ?? Infinity;
  const reachesDeadline = deadlineAt <= from + (last - from) * 1.5;
  const to = from + ((reachesDeadline ? Math.max(last, deadlineAt) : last) - from) * roomAfter;
  const step = steps.find((candidate) => (to - from) / candidate <= ticksMax) ?? (to - from) / ticksMax;
  return {
    ...{ from, to },
    at: (moment) => Math.min(100, Math.max(0, ((moment - from) / (to - from)) * 100)),
    ticks: Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, n) => n * step),
    deadlineBeyond: !reachesDeadline,
  };
}

/** A fact that came a day late would press everything else together: it is drawn at the right end. */
function inReach({ openedAt = 0, closedAt }: ShownWindow, moments: readonly number[], now: number): readonly number[] {
  const reach = openedAt + ((closedAt ?? now) - openedAt) * 2;
  return moments.filter((moment) => moment <= reach);
}
