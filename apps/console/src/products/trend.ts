/** The findings of a product's versions over time, as bars. Pure. */
import { type Task } from '@tributary/http-api';
import { type Severity, severityOrder } from '../findings/finding-query';
import { totalCounts } from '../lists/total-counts';

export interface TrendBar {
  readonly version: string;
  readonly taskId: string;
  readonly status: string;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly total: number;
}

/** The newest task of each version, the oldest version first; `tasks` are newest first. Tasks without a verdict are left out. */
export function trendOf(tasks: readonly Task[], barsMax: number): readonly TrendBar[] {
  const byVersion = new Map<string, Task>();
  for (const task of tasks) if (task.revision > 0 && task.status !== 'CANCELLED' && !byVersion.has(task.version)) byVersion.set(task.version, task);
  const newest = [...byVersion.values()].slice(0, barsMax);
  return newest.reverse().map(({ version, taskId, status, participants }) => {
    const counts = totalCounts(participants);
    return { version, taskId, status, counts, total: severityOrder.reduce((sum, severity) => sum + counts[severity], 0) };
  });
}
