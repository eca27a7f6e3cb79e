import fc from 'fast-check';
import { linesOf, type MarkRow, markRows } from './mark-rows';
import { examples, happenings, type ScenarioEvent, scenarioIn } from './scenario';
import { timeScale } from './time-line';

const name = (type: string): string => type || 'cancel';
const rowsAt = (events: readonly ScenarioEvent[], width: number, endMs = 10_000): readonly MarkRow[] => markRows(events, timeScale([endMs]), width, name);

/** What a row occupies on its lines, px. */
function boxes({ marks, name: { left, width, below }, line }: MarkRow): { line: number; from: number; to: number }[] {
  const ofMarks = marks.map(({ at, events }) => ({ line, from: at - 8, to: at + 8 + (events.length > 1 ? 20 : 0) }));
  return [...ofMarks, { line: line + (below ? 1 : 0), from: left, to: left + width }];
}

function covering(rows: readonly MarkRow[]): unknown[] {
  const all = rows.flatMap(boxes).filter(({ from, to }) => to > from);
  return all.flatMap((one, index) =>
    all.slice(index + 1).flatMap((other) => (one.line === other.line && one.from < other.to && other.from < one.to ? [[one, other]] : [])),
  );
}

describe('marks on a line', () => {
  it('two less than a second apart stand beside each other where there is room, and the name behind them', () => {
    const [row] = rowsAt(scenarioIn('SQL.started.300~SQL.pass.1200'), 900);
    expect(row?.marks.map(({ events }) => events)).toEqual([[0], [1]]);
    expect(row?.name).toMatchObject({ below: false });
    expect(row?.name.left).toBeGreaterThan(row?.marks[1]?.at ?? Infinity);
  });

  it('become one with a count on a phone', () => {
    const [row] = rowsAt(scenarioIn('SQL.pass.1200~SQL.started.800'), 290);
    expect(row?.marks).toMatchObject([{ events: [1, 0] }]);
  });

  it('the name goes before marks at the end, and below them where it has no room', () => {
    expect(rowsAt(scenarioIn('SQL.started.9900'), 290)[0]?.name).toMatchObject({ below: false });
    const long = rowsAt(scenarioIn(`${'A'.repeat(30)}.started.5000~SQL.started.100`), 290);
    expect(long.map(({ line, name: { below } }) => [line, below])).toEqual([
      [0, true],
      [2, false],
    ]);
    expect(linesOf(long)).toBe(3);
    expect(linesOf([])).toBe(0);
  });

  it.each(Object.entries(examples))('%s: nothing covers anything, on a phone, a tablet, a desk', (_, text) => {
    for (const width of [290, 690, 900]) expect(covering(rowsAt(scenarioIn(text), width, 16_000))).toEqual([]);
  });

  it('never cover each other nor leave the line, whatever happens when; every fact is there once', () => {
    const event = fc.record({
      type: fc.constantFrom('SQL', 'EXCEL', 'A_RATHER_LONG_NAME_FOR_A_WORKER', ''),
      what: fc.constantFrom(...happenings),
      atMs: fc.integer({ min: 0, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), fc.integer({ min: 260, max: 3_600 }), (events, width) => {
        const rows = rowsAt(events, width);
        expect(covering(rows)).toEqual([]);
        expect(rows.flatMap(({ marks }) => marks.flatMap((mark) => mark.events)).sort((a, b) => a - b)).toEqual(events.map((_, index) => index));
        for (const {
          marks,
          name: { left, width: wide },
        } of rows) {
          expect(marks.every(({ at }) => at >= 8 && at <= width - 28)).toBe(true);
          expect(left >= 0 && left + wide <= width).toBe(true);
        }
      }),
    );
  });
});
