/** Findings while they arrive: nothing is lost between pages, groupings and errors. */
import { type ListOf, type ShownFinding } from '@tributary/http-api';
import fc from 'fast-check';
import { filterOf, type FindingQuery, groupings, keyOf, queryIn, searchOf } from './finding-query';
import { rowsOf } from './finding-rows';
import { FindingsStore } from './findings-store';
import { GroupedFindings } from './grouped-findings';

const severities = ['blocker', 'error', 'warning', 'info'] as const;
const aFinding = fc.record({
  type: fc.constantFrom('SQL', 'EXCEL'),
  ruleId: fc.constantFrom('a', 'b', 'c'),
  severity: fc.constantFrom(...severities),
  message: fc.constantFrom('One', 'Two'),
  location: fc.record({ path: fc.constantFrom('x.sql', 'Y.sql', 'z/中.sql') }),
  fingerprint: fc.string({ maxLength: 4 }),
});
const aQuery: fc.Arbitrary<FindingQuery> = fc.record(
  {
    by: fc.constantFrom(...groupings),
    type: fc.constantFrom('SQL', 'EXCEL'),
    severity: fc.constantFrom(...severities),
    rule: fc.constantFrom('a', 'b'),
    path: fc.constantFrom('x.sql', 'Y.sql'),
    text: fc.constantFrom('one', 'Y.SQL', '中', 'nowhere'),
    finding: fc.constantFrom('f1', 'f2'),
  },
  { requiredKeys: ['by'] },
);

/** Pages from a list; runs what is put off when it is told to. */
function aStore(all: readonly ShownFinding[], pageSize: number, failAt = -1) {
  const delayed: (() => void)[] = [];
  let asked = 0;
  const load = (cursor: string | undefined): Promise<ListOf<ShownFinding>> => {
    if (asked++ === failAt) return Promise.reject(new Error('gone'));
    const from = Number(cursor ?? 0);
    const next = from + pageSize < all.length ? { nextCursor: String(from + pageSize) } : {};
    return Promise.resolve({ items: all.slice(from, from + pageSize), ...next });
  };
  const store = new FindingsStore(load, (work) => delayed.push(work));
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 200; n++) {
      await Promise.resolve();
      delayed.shift()?.();
    }
  };
  return { store, settle, asked: () => asked };
}

const expected = (all: readonly ShownFinding[], query: FindingQuery): Record<string, number[]> => {
  const fits = filterOf(query);
  const groups: Record<string, number[]> = {};
  all.forEach((finding, place) => {
    if (fits(finding)) (groups[keyOf(finding, query.by)] ??= []).push(place);
  });
  return groups;
};
const shown = (store: FindingsStore): Record<string, readonly number[]> => Object.fromEntries(store.state().groups.map(({ key, places }) => [key, places]));

it('whatever the pages, and whenever the question changes, the groups hold what the filter lets through, each once', async () => {
  const property = fc.asyncProperty(
    fc.array(aFinding, { maxLength: 60 }),
    fc.integer({ min: 1, max: 20 }),
    fc.array(aQuery, { maxLength: 3 }),
    async (all, size, queries) => {
      const { store, settle } = aStore(all, size);
      store.start();
      for (const query of queries) {
        store.show(query);
        await Promise.resolve();
      }
      await settle();
      expect(store.state()).toMatchObject({ complete: true, loaded: all.length, regrouping: false, many: all.length > size });
      expect(shown(store)).toEqual(expected(all, queries.at(-1) ?? { by: 'rule' }));
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

it('goes on where it was after an error, and stops when nobody looks', async () => {
  const all = fc.sample(aFinding, { numRuns: 30, seed: 1 });
  const { store, settle, asked } = aStore(all, 10, 1);
  store.start();
  await settle();
  expect([store.state().loaded, store.state().complete, (store.state().error as Error).message]).toEqual([10, false, 'gone']);
  const stop = store.start();
  await settle();
  expect([store.state().loaded, store.state().complete, store.state().error]).toEqual([30, true, undefined]);
  expect(store.state().all).toEqual(all);
  stop();
  const before = asked();
  store.start();
  await settle();
  expect(asked()).toBe(before);
});

it('the worst groups stand first, files by name', () => {
  const of = (ruleId: string, severity: ShownFinding['severity'], path: string): ShownFinding => ({
    ...{ type: 'SQL', ruleId, severity, message: 'm', location: { path }, fingerprint: path },
  });
  const all = [of('late', 'info', 'b'), of('worse', 'error', 'c'), of('late', 'blocker', 'a')];
  const keys = (by: 'rule' | 'file'): string[] => {
    const grouped = new GroupedFindings(by, {});
    grouped.add(all, 0, 1);
    grouped.groups();
    grouped.add(all, 1, 3);
    return grouped.groups().map(({ key }) => key);
  };
  expect(keys('rule')).toEqual(['late', 'worse']);
  expect(keys('file')).toEqual(['a', 'b', 'c']);
});

it('every line of the list is found by its number, and every finding by its place', () => {
  const groupsOf = fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), { maxLength: 8 });
  const property = fc.property(groupsOf, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (lists, open) => {
    let place = 0;
    const groups = lists.map((list, n) => ({ key: `g${n}`, worst: 0, places: list.map(() => place++) }));
    const isOpen = (key: string): boolean => open[Number(key.slice(1))] === true;
    const wanted = groups.flatMap(({ key, places }) => [key, ...(isOpen(key) ? places.map((one) => `${key} ${one}`) : [])]);
    const rows = rowsOf(groups, isOpen);
    const found = Array.from({ length: rows.count }, (_, index) => {
      const row = rows.rowAt(index)!;
      return row.kind === 'group' ? row.group.key : `${row.group.key} ${row.place}`;
    });
    expect(found).toEqual(wanted);
    expect([rows.rowAt(-1), rows.rowAt(rows.count)]).toEqual([undefined, undefined]);
    for (const { key, places } of groups) {
      expect(rows.indexOfGroup(key)).toBe(wanted.indexOf(key));
      for (const one of places) expect(rows.indexOfPlace(key, one)).toBe(isOpen(key) ? wanted.indexOf(`${key} ${one}`) : undefined);
    }
  });
  fc.assert(property);
});

it('an address says the whole question, and nothing that is not meant', () => {
  fc.assert(
    fc.property(aQuery, (query) => {
      expect(queryIn(new URLSearchParams(searchOf(query).toString()))).toEqual(query);
    }),
  );
  expect(queryIn(new URLSearchParams('by=colour&severity=terrible&type='))).toEqual({ by: 'rule' });
  expect(searchOf({ by: 'rule' }).toString()).toBe('');
});
