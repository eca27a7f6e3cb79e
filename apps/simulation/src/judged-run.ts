/** A run and what is to be said about it. */
import { check } from './checker/check';
import { type Coverage } from './checker/coverage';
import { read } from './checker/reading';
import { type Finding, summarised } from './checker/violation';
import { Random } from './random';
import { refeed } from './refeed';
import { type Run, simulate } from './simulate';
import { type Trial } from './world/services';

export interface JudgedRun extends Run {
  readonly coverage: Coverage;
  /** Verdicts that were judged again, in another order. */
  readonly refed: number;
  /** Empty: nothing to complain of. */
  readonly findings: readonly Finding[];
}

export async function judgedRun(seed: number, trial?: Trial): Promise<JudgedRun> {
  const run = await simulate(seed, trial);
  const reading = read(run.events);
  const { findings, coverage } = check(reading);
  const { fed, violations } = refeed(reading, Random.of(seed, 'refeed'));
  return { ...run, coverage, refed: fed, findings: [...findings, ...summarised(violations)] };
}
