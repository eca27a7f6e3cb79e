import { type Task } from '@tributary/http-api';
import { trendOf } from './trend';

const task = (version: string, taskId: string, changes: object = {}): Task =>
  ({
    version,
    taskId,
    status: 'FAILED',
    revision: 1,
    participants: [{ type: 'SQL', kind: 'joined', counts: { blocker: 0, error: 2, warning: 1, info: 0 } }],
    ...changes,
  }) as unknown as Task;

it('shows the newest verdict of each version, the oldest version first', () => {
  const tasks = [
    task('3', 'running', { revision: 0 }),
    task('3', 'c'),
    task('2', 'x', { status: 'CANCELLED' }),
    task('2', 'b'),
    task('3', 'old'),
    task('1', 'a'),
  ];
  expect(trendOf(tasks, 10).map(({ version, taskId, total }) => `${version} ${taskId} ${total}`)).toEqual(['1 a 3', '2 b 3', '3 c 3']);
  expect(trendOf(tasks, 2).map(({ version }) => version)).toEqual(['2', '3']);
});
