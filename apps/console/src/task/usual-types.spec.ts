import { type Task } from '@tributary/http-api';
import { type Lane } from './lanes';
import { hasHabits, usualTypes, withAwaited } from './usual-types';

const judged = (second: number, ...observedTypes: string[]): Task =>
  ({ revision: 1, observedTypes, window: { closedAt: new Date(second * 1_000).toISOString() } }) as unknown as Task;
const running = (...observedTypes: string[]): Task => ({ revision: 0, observedTypes, window: {} }) as unknown as Task;
const lane = (type: string, kind: Lane['kind']): Lane => ({ type, kind, state: kind, marks: [] });

describe('who usually takes part', () => {
  it('joined in one of the five latest verdicts, whatever order their tasks have', () => {
    const tasks = [judged(1, 'OLD'), judged(6, 'SQL'), running('NEW'), judged(2, 'EXCEL', 'SQL'), judged(3), judged(5, 'AUDIT'), judged(4, 'SQL')];
    expect(usualTypes(tasks)).toEqual(['AUDIT', 'EXCEL', 'SQL']);
    expect(usualTypes([running('NEW')])).toEqual([]);
  });

  it('counts while a task is scanned again: its verdict stands', () => {
    const again = { ...judged(1, 'SQL'), openRound: { round: 2, participants: [], window: {} } } as unknown as Task;
    expect(usualTypes([again])).toEqual(['SQL']);
  });

  it('is nobody where no product was named', () => {
    expect([hasHabits('default'), hasHabits('shop')]).toEqual([false, true]);
  });
});

describe('who is awaited', () => {
  const heard = [lane('WEDATA', 'declined'), lane('SQL', 'joined')];

  it('stands behind those who have said something, and only who has said nothing', () => {
    const lanes = withAwaited(heard, ['AUDIT', 'SQL', 'WEDATA', 'ZZ'], true);
    expect(lanes.map(({ type, state }) => `${type} ${state}`)).toEqual(['WEDATA declined', 'SQL joined', 'AUDIT awaited', 'ZZ awaited']);
    expect(lanes.slice(0, 2)).toEqual(heard);
  });

  it('is nobody after the close: the task tells who was silent', () => {
    const told = [...heard, lane('AUDIT', 'silent')];
    expect(withAwaited(told, ['AUDIT', 'SQL', 'ZZ'], false)).toEqual(told);
  });
});
