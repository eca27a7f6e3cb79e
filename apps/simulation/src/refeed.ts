/** I2, with the real core: what a verdict judged, told again in another order and more than once, gives the same bytes. */
import { evolve, initialRound, judge, type RoundState } from '@tributary/convergence';
import { parseFact, type PolicySnapshot, type WindowClosed } from '@tributary/facts';
import { type Mark, markOf, type Reading, type SettledVerdict, type ToldFact, uploadedTasks } from './checker/reading';
import { type Violation, violation } from './checker/violation';
import { type Random } from './random';

/** One other order for every verdict of a history. */
export function refeed(reading: Reading, random: Random): { readonly fed: number; readonly violations: readonly Violation[] } {
  const verdicts = uploadedTasks(reading).flatMap((taskId) => (reading.books.get(taskId)?.verdicts ?? []).map((verdict) => ({ taskId, verdict })));
  const violations = verdicts.flatMap(({ taskId, verdict }) => {
    const canonical = judgedAnew(reading, taskId, verdict, random);
    return canonical === verdict.canonical
      ? []
      : [violation('wrong-verdict', taskId, `revision ${verdict.revision}: in another order it is ${canonical ?? 'nothing'}`)];
  });
  return { fed: verdicts.length, violations };
}

function judgedAnew(reading: Reading, taskId: string, { revision, round, canonical }: SettledVerdict, random: Random): string | undefined {
  const told = reading.factsOf.get(taskId) ?? [];
  const policy = told.find(({ type }) => type === 'ZipUploaded')?.data['policy'] as PolicySnapshot | undefined;
  const close = told.find(({ type, data }) => type === 'WindowClosed' && data['round'] === round);
  const { tenant, included, cutoff } = JSON.parse(canonical) as { tenant: string; included: readonly Mark[]; cutoff: number };
  if (!policy || !close) return undefined;
  const { closedBy, knownTypes, unreachable, openedAt, closedAt, pausedMs } = close.data as WindowClosed['data'];
  const facts = included.flatMap((mark) => reading.byMark.get(markOf(mark)) ?? []);
  const closing = { closedBy, cutoff, knownTypes, unreachable, openedAt, closedAt, pausedMs, windowClosedId: close.id, late: revision > 1 };
  const state = foldedAnew(round, random.shuffled([...facts, ...facts.slice(0, 2)]), random);
  return judge({ tenant, taskId, revision, state, policy, closing, included: random.shuffled(included) }).canonical;
}

function foldedAnew(round: number, facts: readonly ToldFact[], random: Random): RoundState {
  return facts.reduce((state, told, n) => {
    const { id, type, source, key: subject, data, payloadHash } = told;
    const parsed = parseFact({ specversion: '1.0', id, type, source, subject, time: '2026-01-01T00:00:00.000Z', data });
    if (parsed.kind !== 'fact') return state;
    return evolve(state, { fact: parsed.fact, payloadHash, sequence: Math.min(n + 1, facts.length), watchMs: random.between(0, 10_000) });
  }, initialRound(round));
}
