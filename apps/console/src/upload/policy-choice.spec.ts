import { policyField, windowsFit } from './policy-choice';

it('the default is not named, so that the server decides what it is', () => {
  expect(policyField({ kind: 'named', id: 'default' })).toBeUndefined();
  expect(policyField({ kind: 'named', id: 'fast' })).toBe('fast');
});

it('own windows travel as JSON', () => {
  const windows = { participationMs: 1_000, gapMs: 0, deadlineMs: 2_000 };
  expect(JSON.parse(policyField({ kind: 'own', windows }) ?? '')).toEqual(windows);
  expect([windowsFit(windows), windowsFit({ ...windows, deadlineMs: 999 })]).toEqual([true, false]);
});
