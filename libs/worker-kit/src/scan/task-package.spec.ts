/** Opening the package of a task: what is read, what is compared, what is kept. */
import { defaultPolicy } from '@tributary/facts';
import { InMemoryPackageStore } from '@tributary/package-store';
import { createHash, randomBytes } from 'node:crypto';
import { zipOf } from '../testing/zip';
import { type ScanJob } from '../worker/scan-runner';
import { PackageShelf, shelvedBytesMax } from './package-shelf';
import { openTaskPackage } from './task-package';

class CountingStore extends InMemoryPackageStore {
  readonly asked: string[] = [];
  override async head(key: string): ReturnType<InMemoryPackageStore['head']> {
    this.asked.push(`head ${key}`);
    return await super.head(key);
  }
  override async readBytes(key: string, start: number, length: number): Promise<Buffer> {
    this.asked.push(`bytes ${key}`);
    return await super.readBytes(key, start, length);
  }
  override async read(...given: Parameters<InMemoryPackageStore['read']>): ReturnType<InMemoryPackageStore['read']> {
    this.asked.push(`read ${given[0]}`);
    return await super.read(...given);
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const small = zipOf([
  { name: 'a.sql', data: 'SELECT 1;' },
  { name: 'b.sql', data: 'SELECT 2;' },
]);
const large = zipOf([{ name: 'noise', data: randomBytes(shelvedBytesMax + 1) }]);

async function storeWith(bytes: Buffer): Promise<CountingStore> {
  const store = new CountingStore(() => new Date(0));
  await put(store, bytes);
  return store;
}

async function put(store: InMemoryPackageStore, bytes: Buffer): Promise<void> {
  await store.delete('tasks/t/package.zip');
  await store.put(
    'tasks/t/package.zip',
    (async function* () {
      yield bytes;
    })(),
  );
}

function jobFor(bytes: Buffer, named = sha256(bytes)): ScanJob {
  return {
    ...{ subTaskType: 'TEST', taskId: 't', round: 1, attempt: 1, budgets: defaultPolicy.budgets, config: {} },
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    context: { filePath: 'store:tasks/t/package.zip', sha256: named, size: bytes.length, fileName: 'a.zip', product: 'p', version: '1' },
  };
}

it('a small package is read once, also by several jobs, and its index is stored for the other processes', async () => {
  const [store, shelf] = [await storeWith(small), new PackageShelf()];
  for (let job = 0; job < 3; job++) {
    const opened = await openTaskPackage(store, jobFor(small), shelf);
    if (opened.kind !== 'sound') throw new Error(opened.kind);
    expect(opened.entries.map(({ path }) => path)).toEqual(['a.sql', 'b.sql']);
    for (const entry of opened.entries) expect(await opened.readText(entry, 100)).toMatchObject({ kind: 'text' });
  }
  const index = `tasks/t/index-${sha256(small)}-v1.json`;
  expect(store.asked).toEqual(['head tasks/t/package.zip', 'bytes tasks/t/package.zip', `read ${index}`]);
  expect(await store.head(index)).toBeDefined();
});

it('other bytes than the task names are refused, also when the right ones are at hand', async () => {
  const [store, shelf] = [await storeWith(small), new PackageShelf()];
  expect(await openTaskPackage(store, jobFor(small, '0'.repeat(64)), shelf)).toMatchObject({ kind: 'impossible', failure: { code: 'PACKAGE_CHANGED' } });
  expect(await openTaskPackage(store, jobFor(small), shelf)).toMatchObject({ kind: 'sound' });
  expect(await openTaskPackage(store, jobFor(small, '0'.repeat(64)), shelf)).toMatchObject({ kind: 'impossible', failure: { code: 'PACKAGE_CHANGED' } });
  expect(await openTaskPackage(store, { ...jobFor(small), context: { ...jobFor(small).context, size: 7 } }, shelf)).toMatchObject({
    failure: { code: 'PACKAGE_CHANGED' },
  });
});

it('a large package is never read whole into memory', async () => {
  const [store, shelf] = [await storeWith(large), new PackageShelf()];
  expect(await openTaskPackage(store, jobFor(large), shelf)).toMatchObject({ kind: 'sound' });
  await put(store, small);
  expect(await openTaskPackage(store, jobFor(large), shelf)).toMatchObject({ kind: 'impossible', failure: { code: 'PACKAGE_CHANGED' } });
});

it('the shelf is small: the oldest go', () => {
  const shelf = new PackageShelf();
  const largest = Buffer.alloc(shelvedBytesMax);
  for (let n = 0; n < 6; n++) shelf.keep(`large ${n}`, largest);
  expect([0, 1, 2, 3, 4, 5].filter((n) => shelf.find(`large ${n}`))).toEqual([2, 3, 4, 5]);
  for (let n = 0; n < 40; n++) shelf.keep(`small ${n}`, small);
  expect(Array.from({ length: 40 }, (_, n) => n).filter((n) => shelf.find(`small ${n}`))).toEqual(Array.from({ length: 16 }, (_, n) => n + 24));
});
