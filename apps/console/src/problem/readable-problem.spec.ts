import { ApiProblem, StrangeAnswer, Unreachable } from '@tributary/api-client';
import { readableProblem } from './readable-problem';

const problem = { type: 'urn:x', title: 'The request is not valid', status: 400, detail: 'The fields are not valid.', code: 'INVALID_UPLOAD', traceId: 't' };

it('shows each fault with its place', () => {
  const errors = [
    { parameter: 'product', code: 'INVALID_PRODUCT', message: 'letters only' },
    { parameter: 'policy', pointer: '/rules/0/when', line: 2, column: 7, code: 'X', message: 'not a condition' },
  ];
  expect(readableProblem(new ApiProblem({ ...problem, errors }, 400))).toEqual({
    kind: 'problem',
    title: problem.title,
    detail: problem.detail,
    code: 'INVALID_UPLOAD',
    traceId: 't',
    faults: [
      { field: 'product', message: 'letters only' },
      { field: 'policy › rules › 0 › when', line: 2, column: 7, message: 'not a condition' },
    ],
  });
});

it('does not say the same twice', () => {
  const errors = [{ parameter: 'file', code: 'FILE_EMPTY', message: 'The fields are not valid.' }];
  expect(readableProblem(new ApiProblem({ ...problem, errors }, 400)).faults).toEqual([]);
});

it('tells who is not there from who is somebody else', () => {
  expect(readableProblem(new Unreachable('/x', new Error('refused'))).kind).toBe('unreachable');
  expect(readableProblem(new StrangeAnswer('/x', 502, 'no JSON'))).toMatchObject({ kind: 'strange', detail: 'no JSON' });
  expect(readableProblem('boom')).toMatchObject({ kind: 'unknown', detail: 'boom' });
});
