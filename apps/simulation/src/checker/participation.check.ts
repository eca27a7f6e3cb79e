/**
 * Watch time: whoever would have come forward at once is never missed because the coordinator, the bus or everything was away. A worker
 * that was itself in trouble while the window was open may come late; then this check says nothing. Pure.
 */
import { type HistoryEvent } from '../history';
import { outcomesOf } from './decision-table';
import { firstTold, markOf, type Reading } from './reading';
import { type Violation, violation } from './violation';

/** An outage that is shorter may fall inside of a heartbeat, or inside of a lease, and is no pause, ms. */
const pauseMs = 7_000;
/** After trouble of its own a worker has come forward so much later: a restart, a lost lease, a store that is asked again. ms */
const recoveryMs = 18_000;

export interface Heard {
  readonly violations: readonly Violation[];
  /** How many workers were held to it. */
  readonly held: number;
}

export function checkParticipation(reading: Reading): Heard {
  const violations: Violation[] = [];
  let held = 0;
  for (const { taskId, willing } of reading.accepted) {
    const told = firstTold(reading, taskId);
    const created = told.find(({ type }) => type === 'MainTaskCreated');
    const close = told.find(({ type, data }) => type === 'WindowClosed' && data['round'] === 1);
    const verdict = reading.books.get(taskId)?.verdicts.find(({ revision }) => revision === 1);
    if (!created || !close || !verdict || close.data['closedBy'] === 'CANCELLED') continue;
    const joined = outcomesOf(verdict.recorded.flatMap((mark) => reading.byMark.get(markOf(mark)) ?? []));
    for (const type of willing) {
      if (isExcused(reading.faults, type, created.t, close.t)) continue;
      held++;
      if (!joined.has(type)) violations.push(violation('unheard', taskId, `${type} was there between ${created.t} and ${close.t} ms`));
    }
  }
  return { violations, held };
}

/** Its last trouble before the close was too short ago for it to have come forward. */
function isExcused(faults: readonly HistoryEvent[], subTaskType: string, from: number, to: number): boolean {
  const service = `${subTaskType.toLowerCase()}-worker`;
  return faults.some((fault) => {
    const lengthMs = Number(fault.value['lengthMs'] ?? 0);
    const recovered = fault.t + lengthMs + recoveryMs;
    return recovered >= from && recovered > to && fault.t <= to && concerns(fault, service, lengthMs);
  });
}

function concerns({ process, key, value }: HistoryEvent, service: string, lengthMs: number): boolean {
  if (process.startsWith(service)) return ['crash', 'stop', 'stall', 'unknown-commit'].includes(key) && value['detail'] !== 'outage';
  if (key === 'store' || (key === 'database' && value['whom'] === service)) return true;
  return ['bus', 'coordinator', 'world'].includes(key) && lengthMs < pauseMs;
}
