import { makeFact } from '../fact';
import { parseFact } from '../parse';
import { __Name__ } from './__kebab__.fact';

const envelope = { id: '0198a2f0-0000-7000-8000-000000000001', source: '/somebody', subject: 't1', time: '2026-01-01T00:00:00.000Z' };

it('__Name__ is what it was made as, and keeps what it does not know', () => {
  const told = makeFact(__Name__, { ...envelope, data: { taskId: 't1', round: 2, detail: 'as an example', later: 1 } });
  expect(parseFact(told)).toMatchObject({ kind: 'fact', fact: { type: '__Name__', dataschema: '/schemas/__Name__/1', data: told.data } });
});

it.each([
  ['no task', {}],
  ['a round before the first', { taskId: 't1', round: 0 }],
])('__Name__ refuses %s', (_, data) => {
  const told = makeFact(__Name__, { ...envelope, data: { taskId: 't1' } });
  expect(parseFact({ ...told, data })).toMatchObject({ kind: 'refused' });
});
