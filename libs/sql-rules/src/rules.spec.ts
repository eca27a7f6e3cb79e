import { profileSchema, rulePage } from '@tributary/findings';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkSql } from './check';
import { sqlRules } from './catalogue';
import { type SqlRule } from './rule';

/** Only the rule itself runs; the dialect is one that it is for. */
function complaints(rule: SqlRule, text: string): string[] {
  const off = Object.fromEntries(sqlRules.map(({ id }) => [id, { enabled: id === rule.id }]));
  const { findings } = checkSql({ path: 'a.sql', text, profile: off, dialect: rule.dialects?.[0] ?? 'generic' });
  return findings.map(({ ruleId }) => ruleId);
}

describe.each(sqlRules.map((rule) => [rule.id, rule] as const))('[Z-002] %s', (id, rule) => {
  it.each(rule.examples.flagged.map(({ source }) => [source]))('flags %j', (source) => {
    expect(complaints(rule, source)).toContain(id);
  });

  it.each(rule.examples.accepted.map(({ source }) => [source]))('accepts %j', (source) => {
    expect(complaints(rule, source)).toEqual([]);
  });

  it('describes itself in both languages', () => {
    expect(id).toMatch(/^sql\/[a-z-]+$/);
    for (const text of [rule.title.zh, rule.why.zh]) expect(text).toMatch(/\p{Script=Han}|^[A-Z *]+$/u);
    expect(rule.examples.flagged.length * rule.examples.accepted.length).toBeGreaterThan(0);
    expect(rule.options.safeParse({}).success).toBe(true);
    expect(rulePage(rule)).toContain(rule.why.en);
  });
});

it('has one file per rule, named after it, and every file in the catalogue', () => {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rule.ts'));
  expect(files.map((file) => `sql/${file.replace(/^.*\//, '').replace('.rule.ts', '')}`).sort()).toEqual(sqlRules.map(({ id }) => id).sort());
  expect(files.every((file) => existsSync(join(__dirname, file)))).toBe(true);
});

it('takes a profile of all its rules', () => {
  expect(profileSchema(sqlRules).safeParse({ 'sql/unbounded-write': { options: { allowedTables: ['x_*'] } } }).success).toBe(true);
  expect(profileSchema(sqlRules).safeParse({ 'sql/unbounded-write': { options: { allowedTable: [] } } }).success).toBe(false);
});
