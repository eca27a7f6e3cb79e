/** The ledger of a task as a person reads it: heartbeats folded, what decided marked. Pure. */
import { type ToldFact } from '@tributary/http-api';
import { isLate, type PlacedFact, textOf } from '../task/told';

export type TimelineLine =
  | { readonly kind: 'fact'; readonly position: string; readonly fact: ToldFact; readonly decides: boolean; readonly late: boolean }
  /** Heartbeats of one participant in a row. */
  | { readonly kind: 'beats'; readonly position: string; readonly type: string; readonly count: number; readonly time: string };

export interface TimelineChoice {
  readonly only: 'all' | 'deciding' | 'late';
}

export function timelineOf(facts: readonly PlacedFact[], witness: readonly string[], { only }: TimelineChoice): readonly TimelineLine[] {
  const deciding = new Set(witness);
  const lines: TimelineLine[] = [];
  for (const { position, fact } of facts) {
    const [decides, late] = [deciding.has(fact.id), isLate(fact)];
    if ((only === 'deciding' && !decides) || (only === 'late' && !late)) continue;
    if (fact.type === 'SubTaskProgressed' && !late) foldBeat(lines, position, fact);
    else lines.push({ kind: 'fact', position, fact, decides, late });
  }
  return lines;
}

function foldBeat(lines: TimelineLine[], position: string, fact: ToldFact): void {
  const type = textOf(fact, 'subTaskType') ?? '';
  const last = lines.at(-1);
  if (last?.kind === 'beats' && last.type === type) lines[lines.length - 1] = { ...last, count: last.count + 1, time: fact.time };
  else lines.push({ kind: 'beats', position, type, count: 1, time: fact.time });
}
