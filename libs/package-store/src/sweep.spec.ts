/** What a sweep removes, and what it must leave alone. */
import { Readable } from 'node:stream';
import { InMemoryPackageStore } from './in-memory.package-store';
import { sweep, type SweepOptions } from './sweep';

const hourMs = 3_600_000;
const noon = new Date('2026-11-21T12:00:00Z');

async function storeWith(ages: Record<string, number>): Promise<InMemoryPackageStore> {
  let now = noon;
  const store = new InMemoryPackageStore(() => now);
  for (const [key, ageHours] of Object.entries(ages)) {
    now = new Date(noon.getTime() - ageHours * hourMs);
    await store.put(key, Readable.from([Buffer.from(key)]));
  }
  return store;
}

async function keysOf(store: InMemoryPackageStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

const options: SweepOptions = {
  prefix: 'packages/',
  now: noon,
  orphanAfterMs: 24 * hourMs,
  leftoverAfterMs: 24 * hourMs,
  referenced: (key) => key.includes('known'),
  deletionsMax: 1_000,
};

describe('a sweep', () => {
  it('removes old objects that nobody refers to, under its prefix only', async () => {
    const store = await storeWith({ 'packages/known': 100, 'packages/lost': 25, 'packages/young': 23, 'reports/lost': 100 });
    expect(await sweep(store, options)).toEqual({ seen: 3, orphans: 1, expired: 0, leftovers: 0, failed: 0, incomplete: false });
    expect(await keysOf(store)).toEqual(['packages/known', 'packages/young', 'reports/lost']);
  });

  it('removes what is past its time even if it is referenced', async () => {
    const store = await storeWith({ 'packages/known-1': 721, 'packages/known-2': 719 });
    expect(await sweep(store, { ...options, retainMs: 720 * hourMs })).toMatchObject({ expired: 1, orphans: 0 });
    expect(await keysOf(store)).toEqual(['packages/known-2']);
  });

  it('asks only about objects old enough to go, and deletes nothing when it gets no answer', async () => {
    const store = await storeWith({ 'packages/a': 30, 'packages/young': 1 });
    const asked: string[] = [];
    const referenced = (key: string): Promise<boolean> => {
      asked.push(key);
      return Promise.reject(new Error('the database is away'));
    };
    await expect(sweep(store, { ...options, referenced })).rejects.toThrow('the database is away');
    expect(asked).toEqual(['packages/a']);
    expect(await keysOf(store)).toHaveLength(2);
  });

  it('stops at its bound and at the signal, and says so', async () => {
    const store = await storeWith({ 'packages/1': 30, 'packages/2': 30, 'packages/3': 30 });
    expect(await sweep(store, { ...options, deletionsMax: 2 })).toMatchObject({ orphans: 2, incomplete: true });
    expect(await sweep(store, { ...options, signal: AbortSignal.abort() })).toMatchObject({ seen: 0, incomplete: true });
    expect(await keysOf(store)).toEqual(['packages/3']);
  });

  it('counts what it could not delete and goes on', async () => {
    const store = await storeWith({ 'packages/1': 30, 'packages/2': 30 });
    const remove = store.delete.bind(store);
    store.delete = (key) => (key.endsWith('1') ? Promise.reject(new Error('locked')) : remove(key));
    expect(await sweep(store, options)).toMatchObject({ orphans: 1, failed: 1, seen: 2 });
  });
});
