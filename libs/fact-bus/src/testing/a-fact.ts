/** Facts for tests: valid, small, told apart by their id and number. */
import { type Fact, makeFact, SubTaskProgressed, SubTaskStarted } from '@tributary/facts';
import { v7 } from 'uuid';

/** A fact of this key; `number` is what order is judged by. */
export function aFact(key: string, number: number, id = v7()): Fact {
  return makeFact(SubTaskProgressed, {
    id,
    source: '/test',
    subject: key,
    time: '2026-01-01T00:00:00.000Z',
    data: { taskId: key, round: 1, subTaskType: 'TEST', attempt: 1, done: number, total: 1_000_000, unit: 'facts' },
  });
}

/** Of another type, told apart in the same way. */
export function aStart(key: string, number: number): Fact {
  return makeFact(SubTaskStarted, {
    id: v7(),
    source: '/test',
    subject: key,
    time: '2026-01-01T00:00:00.000Z',
    data: { taskId: key, round: 1, subTaskType: 'TEST', attempt: number, done: number },
  });
}

export function numberOf(fact: Fact): number {
  return Number(fact.data['done']);
}
