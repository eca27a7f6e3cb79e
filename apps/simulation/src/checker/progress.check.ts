/** I5: nothing stays open, and nothing stays open for too long. Pure. */
import { type Reading, uploadedTasks } from './reading';
import { policyOf } from './verdicts.check';
import { type Violation, violation } from './violation';

/** What reading a partition to its end, and trying again in trouble, may add to a deadline, ms. */
export const catchUpMsMax = 30_000;

export function checkProgress(reading: Reading): readonly Violation[] {
  const parked = reading.events.filter(({ f, key }) => f === 'phase' && key === 'books').flatMap(({ value }) => value['parked'] as string[]);
  return [
    ...parked.map((place) => violation('stuck', place, 'facts of this key still wait for their turn')),
    ...uploadedTasks(reading).flatMap((taskId) => [...checkOpen(reading, taskId), ...checkDurations(reading, taskId)]),
  ];
}

function checkOpen({ books }: Reading, taskId: string): readonly Violation[] {
  const open = books.get(taskId)?.windows.filter(({ closed }) => !closed) ?? [];
  return open.map(({ round }) => violation('stuck', taskId, `round ${round} is open`));
}

/** In watch time: what was paused does not count. */
function checkDurations(reading: Reading, taskId: string): readonly Violation[] {
  const deadlineMs = policyOf(reading, taskId)?.deadlineMs ?? 0;
  return (reading.factsOf.get(taskId) ?? [])
    .filter(({ type }) => type === 'WindowClosed')
    .flatMap(({ data }) => {
      const openMs = Date.parse(String(data['closedAt'])) - Date.parse(String(data['openedAt'])) - Number(data['pausedMs']);
      return openMs <= deadlineMs + catchUpMsMax
        ? []
        : [violation('late-close', taskId, `round ${String(data['round'])} was open for ${openMs} ms; the deadline is ${deadlineMs} ms`)];
    });
}
