/** Many seeds, and what they came to in all: one seed may have had no outage of the bus, a hundred must have had some. */
import { added } from './checker/coverage';
import { type JudgedRun, judgedRun } from './judged-run';
import { type Finding } from './checker/violation';

/** Plain data: a process tells it another one. */
export interface Total {
  readonly runs: number;
  readonly failed: readonly { readonly seed: number; readonly hash: string; readonly findings: readonly Finding[] }[];
  readonly events: number;
  /** Names as in `Coverage`: verdicts by status and rule, windows by what closed them, faults by kind, and what has one number alone. */
  readonly counts: { readonly [group in Group]: Readonly<Record<string, number>> };
}

type Group = 'load' | 'verdicts' | 'rules' | 'closings' | 'faults';

export const nothing: Total = { runs: 0, failed: [], events: 0, counts: { load: {}, verdicts: {}, rules: {}, closings: {}, faults: {} } };

/** Runs `count` seeds from `first`; `seen` hears of each run. */
export async function manySeeds(first: number, count: number, seen: (run: JudgedRun) => void = () => undefined): Promise<Total> {
  let total = nothing;
  for (let seed = first; seed < first + count; seed++) {
    const run = await judgedRun(seed);
    seen(run);
    total = together(total, totalOf(run));
  }
  return total;
}

function totalOf({ seed, hash, events, refed, findings, coverage }: JudgedRun): Total {
  const { uploads, lateFacts, amended, rescanned, heldToCome, verdicts, rules, closings, faults } = coverage;
  return {
    runs: 1,
    failed: findings.length === 0 ? [] : [{ seed, hash, findings }],
    events: events.length,
    counts: { load: { uploads, lateFacts, amended, rescanned, heldToCome, refed }, verdicts, rules, closings, faults },
  };
}

export function together(one: Total, other: Total): Total {
  const sum = (group: Group): Record<string, number> => added(one.counts[group], other.counts[group]);
  return {
    runs: one.runs + other.runs,
    failed: [...one.failed, ...other.failed],
    events: one.events + other.events,
    counts: { load: sum('load'), verdicts: sum('verdicts'), rules: sum('rules'), closings: sum('closings'), faults: sum('faults') },
  };
}

/** `count` seeds from `first`, shared out to at most `jobs`, without gap and without an empty share. */
export function shares(first: number, count: number, jobs: number): readonly { readonly first: number; readonly count: number }[] {
  const used = Math.min(jobs, count);
  const start = (job: number): number => first + Math.floor((count * job) / used);
  return Array.from({ length: used }, (_, job) => ({ first: start(job), count: start(job + 1) - start(job) }));
}
