import { checkText } from '../check-text';
import { rules } from '.';

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, { examples, options }) => {
  const found = (source: string): string[] => checkText('a.__kebab__', source).map(({ ruleId }) => ruleId);

  it.each(examples.flagged.map(({ source }) => [source]))('flags %j', (source) => {
    expect(found(source)).toContain(id);
  });

  it.each(examples.accepted.map(({ source }) => [source]))('accepts %j', (source) => {
    expect(found(source)).not.toContain(id);
  });

  it('has an example of either kind, and a default for every option', () => {
    expect(examples.flagged.length * examples.accepted.length).toBeGreaterThan(0);
    expect(options.safeParse({}).success).toBe(true);
  });
});
