/** Many seeds, and what they came to in all: one seed may have had no outage of the bus, a hundred must have had some. */
import { added } from '../checker/coverage';
import { describeRun } from '../report';
import { judgedRun } from '../judged-run';

export interface Sum {
  /** What the runs with violations said, with the command to see them again. */
  readonly failures: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

export async function manySeeds(first: number, count: number): Promise<Sum> {
  const failures: string[] = [];
  let counts: Record<string, number> = {};
  for (let seed = first; seed < first + count; seed++) {
    const judged = await judgedRun(seed);
    const { uploads, lateFacts, verdicts, rules, closings, faults, amended, rescanned, heldToCome } = judged.coverage;
    if (judged.findings.length > 0) failures.push(describeRun(judged));
    counts = [verdicts, rules, closings, faults, { uploads, lateFacts, amended, rescanned, heldToCome, refed: judged.refed }].reduce(added, counts);
  }
  return { failures, counts };
}

/** So many of each in a hundred seeds at least: else the runs prove nothing about it. */
export const leastInAHundred: Readonly<Record<string, number>> = {
  ...{ uploads: 700, lateFacts: 500, amended: 20, rescanned: 30, heldToCome: 100, refed: 800 },
  ...{ SUCCESS: 50, PARTIAL_SUCCESS: 50, FAILED: 50, CANCELLED: 20, QUIET: 200, DEADLINE: 50 },
  ...{ NO_PARTICIPANTS: 5, DEADLINE_UNFINISHED: 20, ALL_SUCCEEDED: 20, SOME_SUCCEEDED: 20, ALL_FAILED: 10, SQL_MUST_PASS: 10 },
  ...{ crash: 200, kill: 10, stop: 20, bus: 5, coordinator: 5, world: 5, database: 5, store: 5 },
  ...{ abort: 500, 'unknown-commit': 100, stall: 100, duplicate: 500, equivocation: 50 },
};
