import { settingsOf } from '@tributary/findings';
import { sceneOf } from '../check';
import { type WedataExample, type WedataRule } from '../rule';
import { wedataRules } from '.';

const uploadedAt = Date.UTC(2026, 10, 20);

function complaints(rule: WedataRule, source: WedataExample) {
  const scene = sceneOf({ ...source, uploadedAt });
  if (!scene) throw new Error('the example is not about WeData');
  const [active] = settingsOf([rule], {}).active;
  return [...rule.check(scene, active?.options)];
}

describe.each(wedataRules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it.each(rule.examples.flagged.map(({ source, note }, index) => [note ?? `example ${index + 1}`, source] as const))('flags %s', (_note, source) => {
    const found = complaints(rule, source);
    expect(found.length).toBeGreaterThan(0);
    for (const { message, identity, location } of found) {
      expect([message.en, message.zh, identity].every((text) => text.length > 0)).toBe(true);
      expect(location.range?.endLine).toBeLessThanOrEqual(source.text.split('\n').length);
    }
  });

  it.each(rule.examples.accepted.map(({ source, note }, index) => [note ?? `example ${index + 1}`, source] as const))('accepts %s', (_note, source) => {
    expect(complaints(rule, source)).toEqual([]);
  });

  it('describes itself', () => {
    expect(rule.id).toMatch(/^wedata\/[a-z0-9-]+$/);
    expect([rule.title.en, rule.title.zh, rule.why.en, rule.why.zh, rule.source].every((text) => text.length > 2)).toBe(true);
    expect(rule.examples.flagged.length * rule.examples.accepted.length).toBeGreaterThan(0);
    expect(rule.options.safeParse({}).success).toBe(true);
    expect(rule.options.safeParse({ nobodyKnowsThis: 1 }).success).toBe(false);
  });
});

it('has every id once, in order', () => {
  const ids = wedataRules.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids.length).toBeGreaterThanOrEqual(12);
});
