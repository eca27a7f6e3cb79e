/** A draft is judged as the server would judge it, at the same places. */
import { type Policy } from '@tributary/http-api';
import { checkDraft, draftOf, emptyDraft, faultsIn, type PolicyDraft } from './policy-draft';

const words = { invalid: 'invalid', rowId: 'row id', rowWhen: 'row when', windows: 'windows' };
const faults = (changes: Partial<PolicyDraft>, language: 'en' | 'zh' = 'en') => checkDraft({ ...emptyDraft, ...changes }, language, words);
const row = (id: string, when: string) => ({ id, when, status: 'FAILED' as const });

it('is what a policy says, without who published it', () => {
  const policy = { ...emptyDraft, id: 'strict', revision: 3, by: 'ann', at: '2026-01-01T00:00:00.000Z' } as Policy;
  expect(draftOf(policy)).toEqual(emptyDraft);
  expect(faults({})).toEqual({ errors: [], warnings: [] });
});

it('names the place of a fault: in the document, and in an expression', () => {
  const { errors } = faults({ rules: [row('A', "total['error'] > 1"), row('B', 'total >\n > 10')] });
  expect(errors).toEqual([expect.objectContaining({ pointer: '/rules/1/when', line: 2 })]);
  expect(errors[0]!.message).toMatch(/\w/);
  expect(faults({ rules: [row('B', 'total > >')] }, 'zh').errors[0]!.message).toMatch(/\p{Script=Han}/u);
  expect(faults({ rules: [row('A', 'true'), row('A', 'true')] }).errors.some(({ pointer }) => pointer === '/rules/1/id')).toBe(true);
});

it('tells what is wrong in an expression whatever the name of its row is', () => {
  const { errors } = checkDraft({ ...emptyDraft, rules: [{ id: 'no name', when: 'totals > 1', status: 'FAILED' }] }, 'en', words);
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/rules/0/id', '/rules/0/when']);
});

it('says plainly what is not written yet, and what does not fit together', () => {
  expect(faults({ rules: [row('', '')] }).errors).toEqual([
    { pointer: '/rules/0/id', message: 'row id' },
    { pointer: '/rules/0/when', message: 'row when' },
  ]);
  expect(faults({ participationMs: 10, deadlineMs: 5 }).errors).toEqual([{ pointer: '/participationMs', message: 'windows' }]);
  expect(faults({ gapMs: -1 }).errors).toEqual([{ pointer: '/gapMs', message: 'invalid' }]);
});

it('warns of rows that nothing can reach', () => {
  const { errors, warnings } = faults({ rules: [row('ALL', 'true'), row('NEVER', 'observed > 3')] });
  expect([errors, warnings.map(({ pointer }) => pointer)]).toEqual([[], ['/rules/1/when']]);
});

it('takes the faults of a problem document as they stand', () => {
  expect(faultsIn({ errors: [{ pointer: '/gapMs', code: 'X', message: 'm', line: 1, column: 2 }] })).toEqual([
    { pointer: '/gapMs', message: 'm', line: 1, column: 2 },
  ]);
  expect(faultsIn({})).toEqual([]);
});
