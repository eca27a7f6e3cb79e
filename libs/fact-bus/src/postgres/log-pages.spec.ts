import { aFact } from '../testing/a-fact';
import { type BusDatabase } from './bus-database';
import { LogPages } from './log-pages';

const bodies = (count: number, length = 0) =>
  Array.from({ length: count }, (_, n) => ({ position: n + 1, key: 'k', body: JSON.stringify(aFact('k', n)) + ' '.repeat(length) }));

function logOf(answers: (() => Promise<unknown[]>)[]) {
  const asked: unknown[][] = [];
  const query = (_: string, parameters: readonly unknown[] = []): Promise<unknown[]> => {
    asked.push([...parameters]);
    return (answers.shift() ?? (() => Promise.resolve([])))();
  };
  return { asked, pages: new LogPages({ query } as unknown as BusDatabase) };
}

it('groups that stand at the same place share one question and its rows', async () => {
  const { asked, pages } = logOf([() => Promise.resolve(bodies(2))]);
  const [one, other] = await Promise.all([pages.rows('scan.facts', 3, 0, 500), pages.rows('scan.facts', 3, 0, 500)]);
  const later = await pages.rows('scan.facts', 3, 0, 500);
  expect(one).toHaveLength(2);
  expect(other[0]).toBe(one[0]);
  expect(later[0]).toBe(one[0]);
  expect(asked).toHaveLength(1);
});

it('another place, another size of page: another question', async () => {
  const { asked, pages } = logOf([]);
  await pages.rows('scan.facts', 3, 0, 500);
  await pages.rows('scan.facts', 4, 0, 500);
  await pages.rows('gate.facts', 3, 0, 500);
  await pages.rows('scan.facts', 3, 7, 500);
  await pages.rows('scan.facts', 3, 7, 25);
  expect(asked).toHaveLength(5);
});

it('who was told of something new never gets an answer that was asked for before', async () => {
  const early = Promise.withResolvers<unknown[]>();
  const { pages } = logOf([() => early.promise, () => Promise.resolve(bodies(1))]);
  const before = pages.rows('scan.facts', 3, 0, 500);
  pages.changed('scan.facts', 3);
  const after = await pages.rows('scan.facts', 3, 0, 500);
  early.resolve([]);
  expect(after).toHaveLength(1);
  expect(await before).toHaveLength(0);
});

it('keeps neither a question that failed nor a large answer', async () => {
  const { asked, pages } = logOf([() => Promise.reject(new Error('away')), () => Promise.resolve(bodies(2, 50_000)), () => Promise.resolve(bodies(2))]);
  await expect(pages.rows('scan.facts', 3, 0, 500)).rejects.toThrow('away');
  expect(await pages.rows('scan.facts', 3, 0, 500)).toHaveLength(2);
  expect(await pages.rows('scan.facts', 3, 0, 500)).toHaveLength(2);
  expect(asked).toHaveLength(3);
});
