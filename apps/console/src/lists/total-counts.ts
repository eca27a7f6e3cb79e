/** The findings of all participants of a task, counted by severity. Pure. */
import { type Severity, severityOrder } from '../findings/finding-query';

export type Counts = Readonly<Partial<Record<Severity, number>>>;

/** Of all participants together. */
export function totalCounts(participants: readonly { readonly counts?: Counts | undefined }[]): Record<Severity, number> {
  const total = { blocker: 0, error: 0, warning: 0, info: 0 };
  for (const { counts } of participants) for (const severity of severityOrder) total[severity] += counts?.[severity] ?? 0;
  return total;
}

/** Of all severities together; their reports may hold less. */
export function findingsCounted(participants: Parameters<typeof totalCounts>[0]): number {
  return Object.values(totalCounts(participants)).reduce((sum, count) => sum + count, 0);
}
