/** What is known of an open round, and what its window waits for. */
import { conflictsOf } from './conflicts';
import { type Decision, type WaitReason } from './decide';
import { type RenderedExplanation } from './explanation';
import { withoutReport } from './judge';
import { openStatus } from './observe';
import { participantsOf } from './participants';
import { type Language, type Phrases, phrasesOf } from './phrases';
import { conflictSentence, participantSentences } from './render-explanation';
import { type RoundState } from './state';

export interface OpenInput {
  readonly state: RoundState;
  /** What `decide` says at `watchMs`. */
  readonly decision: Decision;
  /** The shard's watch time, ms; remaining times in the text count from here. */
  readonly watchMs: number;
  /** Shown as unreachable; default none. */
  readonly unreachable?: readonly string[];
  /** The revision that stands, 0 before a verdict. */
  readonly revision?: number;
}

/** The `explanation` document of the HTTP API without `rule` and `closed`. Nobody is silent yet: there is still time to speak. */
export function explainOpen({ state, decision, watchMs, unreachable = [], revision = 0 }: OpenInput, language: Language): RenderedExplanation {
  const say = phrasesOf[language];
  const status = openStatus(state);
  const participants = participantsOf(state, { unreachable }).map(withoutReport);
  const conflicts = conflictsOf(state).map((conflict) => ({ ...conflict, text: conflictSentence(conflict, say) }));
  const known = participantSentences(participants, say);
  const waits = decision.kind === 'wait' ? decision.for.map((reason) => waitSentence(reason, watchMs, say)) : [say.closing[decision.closedBy]];
  const paragraph = [
    say.open(status),
    ...(known.length > 0 ? known : [say.nobodyYet]),
    ...(conflicts.length > 0 ? [say.conflicts(conflicts.length)] : []),
    ...waits,
  ];
  return {
    status,
    revision,
    witness: [],
    participants,
    conflicts,
    counterfactuals: [],
    ...(decision.kind === 'wait' ? { waitsFor: decision.for } : {}),
    text: paragraph.join(say.join),
  };
}

function waitSentence(reason: WaitReason, watchMs: number, say: Phrases): string {
  const left = say.duration(Math.max(0, reason.untilWatchMs - watchMs));
  switch (reason.code) {
    case 'PARTICIPATION':
      return say.waitsParticipation(left);
    case 'UNFINISHED':
      return say.waitsUnfinished(say.list(reason.types), left);
    case 'GAP':
      return say.waitsGap(left);
  }
}
