/** When the list of findings is read again, and when nothing more is to be expected. */
import { type Task } from '@tributary/http-api';
import { isOpen } from '../task/rounds';
import { reportedBy } from './reported';

type Part = Task['participants'][number];
const running: Part = { type: 'SQL', kind: 'joined', outcome: 'RUNNING', attempt: 1 };
const done: Part = { ...running, outcome: 'WARN' };
const task = { round: 1, revision: 0, participants: [] as Part[] };

describe('whose reports there are', () => {
  it('is the same while somebody joins, declines or makes progress', () => {
    const before = reportedBy(task);
    for (const part of [running, { ...running, progress: { done: 1, total: 2, unit: 'files' } }, { type: 'EXCEL', kind: 'declined' as const }])
      expect(reportedBy({ ...task, participants: [part] })).toBe(before);
  });

  it('is another one with an end, a second attempt, an amendment, and in a round that is open', () => {
    const openRound = { round: 2, participants: [done], window: {} as Task['window'] };
    const all = [
      task,
      { ...task, participants: [done] },
      { ...task, participants: [{ ...done, attempt: 2 }] },
      { ...task, participants: [done], revision: 1 },
      { ...task, participants: [done], revision: 1, openRound },
    ];
    expect(new Set(all.map(reportedBy)).size).toBe(all.length);
  });
});

it('a window is open before the first verdict, and while a task is looked at again', () => {
  expect(isOpen({ revision: 0 })).toBe(true);
  expect(isOpen({ revision: 1 })).toBe(false);
  expect(isOpen({ revision: 1, openRound: { round: 2, participants: [], window: {} as Task['window'] } })).toBe(true);
});
