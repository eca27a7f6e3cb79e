/** What holds of every window: it ends, at a time that its facts determine and nobody's looking. */
import fc from 'fast-check';
import { decide } from './decide';
import { simulateWindow } from './simulate-window';
import { participantsOf } from './participants';
import { completed, factOf, fold, policyDefault, recorded, started } from './testing/ledgers';
import { aFact, lawRuns as runs } from './testing/rounds';

const windows = fc.record({ participationMs: fc.nat(3_000), gapMs: fc.nat(2_000), deadlineMs: fc.integer({ min: 1, max: 6_000 }) });
const told = fc.array(fc.tuple(aFact, fc.nat(9_000)), { maxLength: 12 });

it(`[Z-035 I5] law 4: every window ends, at its deadline at the latest and not before participation (${String(runs)} cases)`, () => {
  fc.assert(
    fc.property(windows, told, (some, facts) => {
      const policy = { ...policyDefault, ...some };
      const { closedAtMs, verdict, lateFactIds } = simulateWindow({ facts: facts.map(([said, atMs]) => ({ fact: factOf(said), atMs })), policy });
      expect(closedAtMs).toBeLessThanOrEqual(Math.max(some.deadlineMs, some.participationMs));
      expect(closedAtMs).toBeGreaterThanOrEqual(Math.min(some.participationMs, Math.max(some.deadlineMs, some.participationMs)));
      expect(lateFactIds).toHaveLength(facts.filter(([, atMs]) => atMs > closedAtMs).length);
      expect(verdict.status).toMatch(/^(SUCCESS|PARTIAL_SUCCESS|FAILED)$/);
    }),
    { numRuns: runs },
  );
});

it(`[Z-034] who looks later sees the same end; who looks earlier waits exactly until it (${String(runs)} cases)`, () => {
  fc.assert(
    fc.property(windows, told, fc.nat(20_000), (some, facts, watchMs) => {
      const state = fold(facts.map(([said, atMs], n) => recorded(said, n + 1, atMs)));
      const clock = { openedWatchMs: 0 };
      const [now, end] = [decide(state, some, { ...clock, watchMs }), decide(state, some, { ...clock, watchMs: 1_000_000 })];
      expect(end.kind).toBe('close');
      if (now.kind === 'close') {
        expect(now).toEqual(end);
        return;
      }
      expect(now.untilWatchMs).toBeGreaterThan(watchMs);
      expect(now.for.length).toBeGreaterThan(0);
      expect(decide(state, some, { ...clock, watchMs: now.untilWatchMs - 1 }).kind).toBe('wait');
      expect(decide(state, some, { ...clock, watchMs: now.untilWatchMs })).toEqual(end);
    }),
    { numRuns: runs },
  );
});

it('[Z-033] a worker that is down for a while comes late, and is shown so', () => {
  const facts = [
    { fact: factOf(started('SQL')), atMs: 100 },
    { fact: factOf(completed('SQL')), atMs: 900 },
    { fact: factOf(completed('EXCEL')), atMs: 12_000 },
  ];
  const { closedAtMs, verdict, state, lateFactIds } = simulateWindow({ facts, policy: policyDefault });
  expect([closedAtMs, verdict.status, lateFactIds]).toEqual([10_000, 'SUCCESS', [facts[2]!.fact.id]]);
  expect(participantsOf(state).map(({ type, kind }) => [type, kind])).toEqual([
    ['EXCEL', 'late'],
    ['SQL', 'joined'],
  ]);
});
