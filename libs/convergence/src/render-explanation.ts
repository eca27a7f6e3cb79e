/** An explanation in sentences, in the language that was asked for. */
import { type Conflict } from './conflicts';
import { type Counterfactual, type Explanation, type RenderedExplanation } from './explanation';
import { type Participant } from './participants';
import { type Language, type Phrases, phrasesOf } from './phrases';
import { type SkippedRow, tableRules, type TableRule } from './table';

/** The `explanation` document of the HTTP API for a closed round. */
export function renderExplanation(explanation: Explanation, language: Language): RenderedExplanation {
  const say = phrasesOf[language];
  const { status, revision, rule, witness, closed, participants } = explanation;
  const ruleText = ruleSentence(explanation, say);
  const because = closedSentence(explanation, say);
  const conflicts = explanation.conflicts.map((conflict) => ({ ...conflict, text: conflictSentence(conflict, say) }));
  const counterfactuals = explanation.counterfactuals.map((each) => ({ ...each, text: counterfactualSentence(each, say) }));
  const nearest = counterfactuals.find(({ wouldBe }) => wouldBe === 'SUCCESS') ?? counterfactuals[0];
  const paragraph = [
    say.verdict(say.status(status), revision),
    ruleText,
    say.because[closed.by],
    ...participantSentences(participants, say),
    ...(closed.late ? [say.amended] : []),
    ...(conflicts.length > 0 ? [say.conflicts(conflicts.length)] : []),
    ...(nearest ? [nearest.text] : []),
  ];
  return {
    status,
    revision,
    rule: { id: rule.id, text: ruleText, values: rule.values },
    witness,
    closed: { by: closed.by, at: closed.at, because },
    participants,
    conflicts,
    counterfactuals,
    text: paragraph.join(say.join),
  };
}

function ruleSentence({ status, rule }: Explanation, say: Phrases): string {
  const skipped = (rule.values['skipped'] ?? []) as readonly SkippedRow[];
  const fired = isTableRule(rule.id) && !rule.row ? say.rules[rule.id] : `${say.row(rule.id, rule.row?.when ?? '', say.status(status))}${say.stop}`;
  return [fired, ...skipped.map(({ id, code }) => say.skipped(id, code))].join(say.join);
}

function isTableRule(id: string): id is TableRule {
  return tableRules.some((known) => known === id);
}

function closedSentence({ closed: { by, because, late } }: Explanation, say: Phrases): string {
  const { participationMs, gapMs, deadlineMs, pausedMs, unfinished } = because;
  const why = {
    QUIET: say.quiet(say.duration(participationMs), say.duration(gapMs)),
    DEADLINE: say.deadline(say.duration(deadlineMs), say.list(unfinished)),
    CANCELLED: say.cancelled,
  }[by];
  return [why, ...(pausedMs > 0 ? [say.paused(say.duration(pausedMs))] : []), ...(late ? [say.amended] : [])].join(say.join);
}

/** One sentence per kind that occurs; reasons that workers wrote are left to the participants. */
export function participantSentences(participants: readonly Participant[], say: Phrases): string[] {
  const typesWhere = (holds: (participant: Participant) => boolean): string => say.list(participants.filter(holds).map(({ type }) => type));
  const joined = (...outcomes: string[]): string => typesWhere(({ kind, outcome = '' }) => kind === 'joined' && outcomes.includes(outcome));
  const parts: [string, (types: string) => string][] = [
    [joined('PASS', 'WARN'), say.joinedWell],
    [joined('QUALITY'), say.joinedBadly],
    [joined('TRANSIENT', 'UNRECOVERABLE'), say.notRun],
    [joined('RUNNING'), say.unfinished],
    [typesWhere(({ kind }) => kind === 'unreachable'), say.unreachable],
    [typesWhere(({ kind }) => kind === 'declined'), say.declined],
    [typesWhere(({ kind }) => kind === 'silent'), say.silent],
    [typesWhere(({ kind }) => kind === 'late'), say.late],
  ];
  return parts.flatMap(([types, sentence]) => (types ? [sentence(types)] : []));
}

export function conflictSentence({ kind, type = '' }: Conflict, say: Phrases): string {
  return say.conflict[kind](type);
}

function counterfactualSentence({ change, wouldBe }: Counterfactual, say: Phrases): string {
  return say.would(condition(change, say), say.status(wouldBe));
}

function condition({ fact, becomes, and = [] }: Counterfactual['change'], say: Phrases): string {
  if (!becomes) return say.notCancelled;
  const passed = becomes.type === 'SubTaskCompleted';
  if (!fact) return say.hadTakenPart(becomes.subTaskType, passed);
  const types = say.list([...new Set([becomes, ...and.flatMap((each) => each.becomes ?? [])].map(({ subTaskType }) => subTaskType))]);
  return passed ? say.hadPassed(types) : say.hadFailed(types);
}
