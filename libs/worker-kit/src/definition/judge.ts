/** The usual verdict of a scan: a blocker or an error fails the quality, a warning is a warning. */
import { type Counts } from '@tributary/facts';
import { type Judgement } from './worker-definition';

export function judgeBySeverity({ blocker, error, warning }: Counts): Judgement {
  if (blocker + error > 0) return 'QUALITY';
  return warning > 0 ? 'WARN' : 'PASS';
}
