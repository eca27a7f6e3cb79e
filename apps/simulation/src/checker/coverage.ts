/** What a history shows: so that nobody believes a run in which nothing happened. Pure. */
import { firstTold, type Reading, uploadedTasks } from './reading';
import { type Violation, violation } from './violation';

export interface Coverage {
  readonly uploads: number;
  readonly facts: number;
  readonly lateFacts: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<string, number>>;
  readonly closings: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly amended: number;
  readonly rescanned: number;
  readonly deadLetters: number;
  /** Workers that were held to coming forward. */
  readonly heldToCome: number;
  /** The longest time from an upload to its first verdict, ms of virtual time. */
  readonly slowestMs: number;
}

export function coverageOf(reading: Reading, heldToCome: number): Coverage {
  const tasks = uploadedTasks(reading).map((taskId) => firstTold(reading, taskId));
  const told = tasks.flat();
  const verdicts = told.filter(({ type }) => type === 'MainTaskConverged' || type === 'MainTaskReconverged');
  const revised = verdicts.filter(({ type }) => type === 'MainTaskReconverged');
  const books = [...reading.books.values()];
  return {
    uploads: reading.accepted.length,
    facts: reading.facts.length,
    lateFacts: books.flatMap(({ entries }) => entries.filter(({ late }) => late)).length,
    verdicts: tally(verdicts.map(({ data }) => String(data['status']))),
    rules: tally(books.flatMap((book) => book.verdicts.map(({ canonical }) => (JSON.parse(canonical) as { rule: { id: string } }).rule.id))),
    closings: tally(told.filter(({ type }) => type === 'WindowClosed').map(({ data }) => String(data['closedBy']))),
    faults: tally(reading.faults.map(({ key }) => key)),
    amended: revised.filter(({ data }) => data['because'] === 'LATE_FACTS').length,
    rescanned: revised.filter(({ data }) => data['because'] === 'RESCAN').length,
    deadLetters: reading.deadLetters.size,
    heldToCome,
    slowestMs: Math.max(
      0,
      ...tasks.map((facts) => (facts.find(({ type }) => type === 'MainTaskConverged')?.t ?? 0) - (facts.find(({ type }) => type === 'ZipUploaded')?.t ?? 0)),
    ),
  };
}

/** One run may be unlucky; it may not be empty. */
export function checkCoverage({ uploads, facts }: Coverage, reading: Reading): readonly Violation[] {
  const healed = reading.events.some(({ f, key }) => f === 'fault' && key === 'healed');
  return [
    ...(uploads < 3 ? [violation('vacuous', `seed ${reading.seed}`, `${uploads} uploads were accepted`)] : []),
    ...(facts < (10 * uploads) / 2 ? [violation('vacuous', `seed ${reading.seed}`, `${facts} facts`)] : []),
    ...(healed && reading.faults.length > 0 ? [] : [violation('vacuous', `seed ${reading.seed}`, 'no fault, or no peace after it')]),
  ];
}

export function added(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

function tally(names: readonly string[]): Record<string, number> {
  return names.reduce<Record<string, number>>((sum, name) => added(sum, { [name]: 1 }), {});
}
