/** I3, I6: what was told is recorded, once, and marked when it came late. Pure. */
import { firstTold, type LedgerLine, markOf, type Reading, type ToldFact, uploadedTasks } from './reading';
import { type Violation, violation } from './violation';

export function checkLedgers(reading: Reading): readonly Violation[] {
  return [...checkAcknowledged(reading), ...uploadedTasks(reading).flatMap((taskId) => checkLedger(reading, taskId))];
}

/** A commit that its process heard of has its facts on the log. */
function checkAcknowledged({ events, facts }: Reading): readonly Violation[] {
  const told = new Set(facts.map(({ id }) => id));
  return events
    .filter(({ f, type }) => f === 'commit' && type === 'ok')
    .flatMap(({ process, value }) => (value['factIds'] as string[]).map((id) => ({ process, id })))
    .filter(({ id }) => !told.has(id))
    .map(({ process, id }) => violation('lost', id, `${process} has committed it, and it is not on the log`));
}

function checkLedger(reading: Reading, taskId: string): readonly Violation[] {
  const books = reading.books.get(taskId);
  if (!books) return [violation('lost', taskId, 'there is no ledger')];
  const recorded = [...books.entries, ...books.windows.flatMap((window) => window.recorded)];
  const marks = new Set(recorded.map(markOf));
  const closedAt = new Map(firstTold(reading, taskId).flatMap(({ type, data, t }) => (type === 'WindowClosed' ? [[Number(data['round']), t]] : [])));
  const missing = firstTold(reading, taskId).filter((fact) => !marks.has(markOf(fact)) && !reading.deadLetters.has(fact.id));
  return [
    ...missing.map((fact) =>
      violation(fact.t > (closedAt.get(roundOf(fact)) ?? Infinity) ? 'late-unrecorded' : 'lost', taskId, `${fact.type} ${fact.id} is in no ledger`),
    ),
    ...repeated(books.entries).map(({ type, id }) => violation('recorded-twice', taskId, `${type} ${id}`)),
    ...books.windows.flatMap((window) => repeated(window.recorded)).map(({ id }) => violation('recorded-twice', taskId, id)),
    ...books.windows.flatMap(({ round, cutoff }) => checkLate(taskId, books.entries, round, cutoff)),
  ];
}

function checkLate(taskId: string, entries: readonly LedgerLine[], round: number, cutoff: number | undefined): readonly Violation[] {
  return entries
    .filter((entry) => entry.round === round && entry.late !== (cutoff !== undefined && entry.sequence > cutoff))
    .map(({ type, id, sequence, late }) => violation('late-unrecorded', taskId, `${type} ${id} at ${sequence}, cutoff ${cutoff ?? 'none'}, late: ${late}`));
}

function repeated<T extends { readonly id: string; readonly payloadHash: string }>(marks: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return marks.filter((mark) => seen.has(markOf(mark)) || !seen.add(markOf(mark)));
}

function roundOf({ data }: ToldFact): number {
  return Number(data['round'] ?? 1);
}
