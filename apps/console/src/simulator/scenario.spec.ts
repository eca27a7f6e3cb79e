/** What is imagined becomes what the coordinator would do. */
import { builtInPolicies, type PolicySnapshot } from '@tributary/facts';
import fc from 'fast-check';
import { eventIdOf, examples, happenings, type ScenarioEvent, scenarioIn, scenarioText, simulated } from './scenario';

const policy = (name: 'default' | 'fast'): PolicySnapshot => builtInPolicies[name]!;
const anEvent: fc.Arbitrary<ScenarioEvent> = fc
  .record({ type: fc.constantFrom('SQL', 'EXCEL', 'A_1'), what: fc.constantFrom(...happenings), atMs: fc.nat(60_000) })
  .map((event) => (event.what === 'cancel' ? { ...event, type: '' } : event));

it('an address holds a whole scenario, and nothing breaks on one that somebody has cut', () => {
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 12 }), fc.nat(40), (events, cut) => {
      const text = scenarioText(events);
      expect(scenarioIn(text)).toEqual(events);
      expect(encodeURIComponent(text)).toBe(text);
      expect(scenarioIn(text.slice(0, cut)).length).toBeLessThanOrEqual(events.length);
    }),
  );
  expect(scenarioIn('sql.pass.1~SQL.wins.1~SQL.pass.-1~SQL.pass.1e3~SQL.pass.99999999999~~.cancel.7')).toEqual([{ type: '', what: 'cancel', atMs: 7 }]);
});

it('every scenario ends, by its deadline at the latest', () => {
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 12 }), (events) => {
      const { closedAtMs, verdict } = simulated(events, policy('fast'));
      expect(closedAtMs).toBeLessThanOrEqual(policy('fast').deadlineMs);
      expect(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED']).toContain(verdict.status);
    }),
    { numRuns: 50 },
  );
});

it('the examples show how the built-in policies differ', () => {
  const ends = (text: string) =>
    (['default', 'fast'] as const).map((name) => {
      const { closedAtMs, verdict, lateFactIds } = simulated(scenarioIn(text), policy(name));
      return `${name} ${closedAtMs} ${verdict.status} late ${lateFactIds.length}`;
    });
  expect(ends(examples.everybody)).toEqual(['default 10000 SUCCESS late 0', 'fast 2600 SUCCESS late 0']);
  expect(ends(examples.slow)).toEqual(['default 11000 PARTIAL_SUCCESS late 0', 'fast 2000 SUCCESS late 2']);
  expect(ends(examples.late)).toEqual(['default 10000 SUCCESS late 2', 'fast 2000 SUCCESS late 2']);
  expect(ends(examples.nobody)).toEqual(['default 10000 FAILED late 0', 'fast 2000 FAILED late 0']);
  expect(simulated(scenarioIn(examples.late), policy('fast')).lateFactIds).toEqual([eventIdOf(2), eventIdOf(3)]);
});
