/** I7: only steps that a task may take, as the log tells them and as readers see them. Pure. */
import { firstTold, type Reading, type ToldFact, uploadedTasks } from './reading';
import { policyOf } from './verdicts.check';
import { type Violation, violation } from './violation';

const finals = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED'];

export function checkLegality(reading: Reading): readonly Violation[] {
  return uploadedTasks(reading).flatMap((taskId) => [...checkSteps(reading, taskId), ...checkPolls(reading, taskId), ...checkCancels(reading, taskId)]);
}

interface Standing {
  readonly created: boolean;
  readonly revision: number;
  /** Rounds that may be closed. */
  readonly open: ReadonlySet<number>;
  readonly closed: ReadonlyMap<number, string>;
}

/** The platform's own facts of a task, in the order of the log. */
function checkSteps(reading: Reading, taskId: string): readonly Violation[] {
  const amends = policyOf(reading, taskId)?.late === 'amend';
  let standing: Standing = { created: false, revision: 0, open: new Set(), closed: new Map() };
  const found: Violation[] = [];
  const own = firstTold(reading, taskId).filter(({ topic }) => topic === 'gate.facts');
  for (const fact of own) {
    const because = refusalOf(standing, fact, amends);
    if (because !== undefined) found.push(violation('illegal-transition', taskId, `${fact.type} ${fact.id}: ${because}`));
    standing = after(standing, fact);
  }
  return found;
}

function refusalOf({ created, revision, open, closed }: Standing, { type, data }: ToldFact, amends: boolean): string | undefined {
  const round = Number(data['round'] ?? 1);
  switch (type) {
    case 'MainTaskCreated':
      return created ? 'the task exists' : undefined;
    case 'RescanRequested':
      if (!created) return 'nothing is created';
      return open.size > 0 || closed.has(round) ? 'a round is open' : undefined;
    case 'WindowClosed':
      return open.has(round) ? undefined : `round ${round} is not open`;
    case 'MainTaskConverged':
      return closed.has(1) && revision === 0 ? undefined : 'no window was closed, or a verdict stands';
    case 'MainTaskReconverged':
      if (data['revision'] !== revision + 1) return `revision ${String(data['revision'])} after ${revision}`;
      if (!closed.has(round)) return 'its window is not closed';
      if (closed.get(round) === 'CANCELLED') return 'its round was cancelled';
      return data['because'] === 'LATE_FACTS' && !amends ? 'the policy only records what is late' : undefined;
    default:
      return undefined;
  }
}

function after(standing: Standing, { type, data }: ToldFact): Standing {
  const round = Number(data['round'] ?? 1);
  switch (type) {
    case 'MainTaskCreated':
    case 'RescanRequested':
      return { ...standing, created: true, open: new Set([...standing.open, round]) };
    case 'WindowClosed':
      return {
        ...standing,
        open: new Set([...standing.open].filter((candidate) => candidate !== round)),
        closed: new Map([...standing.closed, [round, String(data['closedBy'])]]),
      };
    case 'MainTaskConverged':
    case 'MainTaskReconverged':
      return { ...standing, revision: Number(data['revision']) };
    default:
      return standing;
  }
}

/** What readers saw, in the order in which they looked. */
function checkPolls({ events, factsOf }: Reading, taskId: string): readonly Violation[] {
  const told = new Map((factsOf.get(taskId) ?? []).filter(({ data }) => 'verdictHash' in data).map(({ data }) => [Number(data['revision']), data]));
  const found: Violation[] = [];
  let before = { status: 'INIT', revision: 0 };
  for (const { f, key, value } of events) {
    if (f !== 'poll' || key !== taskId) continue;
    const seen = value as { status: string; revision: number; verdictHash?: string };
    const shown = `${before.status} (${before.revision}), then ${seen.status} (${seen.revision})`;
    if (seen.revision < before.revision) found.push(violation('nonmonotonic', taskId, shown));
    if (finals.includes(before.status) && !finals.includes(seen.status)) found.push(violation('illegal-transition', taskId, shown));
    if (before.status === 'RUNNING' && seen.status === 'INIT') found.push(violation('illegal-transition', taskId, shown));
    if (seen.revision > 0 && (told.get(seen.revision)?.['status'] !== seen.status || told.get(seen.revision)?.['verdictHash'] !== seen.verdictHash))
      found.push(
        violation(
          'silent-revision',
          taskId,
          `a reader saw ${seen.status} as revision ${seen.revision}; it was told as ${String(told.get(seen.revision)?.['status'])}`,
        ),
      );
    before = seen;
  }
  return found;
}

/** A cancel that was accepted ends the round into which it was recorded. */
function checkCancels(reading: Reading, taskId: string): readonly Violation[] {
  const entries = reading.books.get(taskId)?.entries ?? [];
  const closed = new Map(firstTold(reading, taskId).flatMap(({ type, data }) => (type === 'WindowClosed' ? [[data['round'], data['closedBy']]] : [])));
  return entries
    .filter(({ type, round }) => type === 'CancelRequested' && closed.get(round) !== 'CANCELLED')
    .map(({ id, round }) => violation('cancel-ignored', taskId, `${id} in round ${round ?? 'none'}, closed by ${String(closed.get(round))}`));
}
