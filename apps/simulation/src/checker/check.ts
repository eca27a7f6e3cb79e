/** Judges a history by what may be relied on. Pure: it reads events, and knows neither the coordinator nor the core that decides. */
import { checkCoverage, type Coverage, coverageOf } from './coverage';
import { checkEffects } from './effects.check';
import { checkLedgers } from './ledger.check';
import { checkLegality } from './legality.check';
import { checkParticipation } from './participation.check';
import { checkProgress } from './progress.check';
import { type Reading } from './reading';
import { checkVerdicts } from './verdicts.check';
import { type Finding, summarised } from './violation';

export interface Checked {
  /** Empty: nothing to complain of. */
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
}

export function check(reading: Reading): Checked {
  const participation = checkParticipation(reading);
  const coverage = coverageOf(reading, participation.held);
  const violations = [
    ...checkVerdicts(reading),
    ...checkLedgers(reading),
    ...checkLegality(reading),
    ...checkProgress(reading),
    ...checkEffects(reading),
    ...participation.violations,
    ...checkCoverage(coverage, reading),
  ];
  return { findings: summarised(violations), coverage };
}
