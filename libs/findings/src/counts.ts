/** How many findings of each severity there are. */
import { type Counts, type Severity } from '@tributary/facts';

export function countBySeverity(findings: Iterable<{ readonly severity: Severity }>): Counts {
  const counts: Counts = { blocker: 0, error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
