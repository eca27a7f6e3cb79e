import { settingsOf } from '@tributary/findings';
import { readBook } from '../book/book';
import { type ExcelRule } from '../rule';
import { workbookOf, type Sketch } from '../sketch';
import { isRecognised, recogniseTemplate } from '../template/recognise';
import { excelRules } from '.';

function complaints(rule: ExcelRule, source: Sketch) {
  const workbook = workbookOf(source);
  const recognised = recogniseTemplate(workbook);
  if (!isRecognised(recognised)) throw new Error('the example is no template');
  const [active] = settingsOf([rule], {}).active;
  return [...rule.check(readBook(workbook, recognised, Date.UTC(2026, 10, 20)), active?.options)];
}

describe.each(excelRules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it.each(rule.examples.flagged.map((example) => [example.note ?? JSON.stringify(example.source.sheets[0]?.rows.slice(1)), example] as const))(
    'flags %s',
    (_note, { source }) => {
      const found = complaints(rule, source);
      expect(found.length).toBeGreaterThan(0);
      for (const { location, message, identity } of found) {
        const sheet = source.sheets.find(({ name }) => name === location.sheet);
        const [, , row] = /^([A-Z]+)(\d+)$/.exec(location.cell ?? '') ?? [];
        expect(Number(row)).toBeLessThanOrEqual(sheet?.rows.length ?? 0);
        expect([message.en, message.zh, identity].every((text) => text.length > 0)).toBe(true);
      }
    },
  );

  it.each(rule.examples.accepted.map((example) => [example.note ?? JSON.stringify(example.source.sheets[0]?.rows.slice(1)), example] as const))(
    'accepts %s',
    (_note, { source }) => {
      expect(complaints(rule, source)).toEqual([]);
    },
  );

  it('describes itself', () => {
    expect(rule.id).toMatch(/^excel\/[a-z-]+$/);
    expect([rule.title.en, rule.title.zh, rule.why.en, rule.why.zh, rule.source].every((text) => text.length > 3)).toBe(true);
    expect(rule.examples.flagged.length * rule.examples.accepted.length).toBeGreaterThan(0);
    expect(rule.options.safeParse({}).success).toBe(true);
    expect(rule.options.safeParse({ nobodyKnowsThis: 1 }).success).toBe(false);
  });
});

it('has every id once, in order', () => {
  const ids = excelRules.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids.length).toBeGreaterThanOrEqual(12);
});
