/** The verdicts of a task, one after the other. Pure. */
import { type ToldFact } from '@tributary/http-api';
import { isVerdict, numberOf, roundOf, textOf } from '../task/told';

export interface Revision {
  readonly revision: number;
  readonly round: number;
  readonly status: string;
  /** RFC 3339. */
  readonly at: string;
  /** LATE_FACTS or RESCAN; absent for the first verdict. */
  readonly because?: string;
}

/** The newest first. */
export function revisionsIn(facts: readonly ToldFact[]): readonly Revision[] {
  return facts
    .filter(isVerdict)
    .map((fact): Revision => {
      const because = textOf(fact, 'because');
      return {
        revision: numberOf(fact, 'revision') ?? 1,
        round: roundOf(fact),
        status: textOf(fact, 'status') ?? '',
        at: fact.time,
        ...(because !== undefined && { because }),
      };
    })
    .toSorted((a, b) => b.revision - a.revision);
}
