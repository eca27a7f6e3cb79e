/** What every package store keeps, whatever it is made of. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type PackageStore, PackageStoreError, type StoredObject } from '../src';

/** Larger than one part of any adapter, and no multiple of one. */
const largeBytes = 18 * 1024 * 1024 + 7;

export function aPackageStore(name: string, make: () => Promise<PackageStore>): void {
  describe(`${name} is a package store`, () => {
    let store: PackageStore;
    beforeEach(async () => {
      store = await make();
    });

    describe('put', () => {
      it('[Z-004] keeps the bytes and tells their size and sha256', async () => {
        const stored = await store.put('packages/t 1/版本.zip', chunks('one ', 'two ', '', 'three'));
        expect(stored).toEqual({ key: 'packages/t 1/版本.zip', size: 13, sha256: sha256('one two three'), created: true });
        expect(await textOf(store, stored.key)).toBe('one two three');
        expect((await store.head(stored.key))?.size).toBe(13);
      });

      it('takes an empty object', async () => {
        expect(await store.put('empty', chunks())).toEqual({ key: 'empty', size: 0, sha256: sha256(''), created: true });
        expect((await store.head('empty'))?.size).toBe(0);
        expect(await textOf(store, 'empty')).toBe('');
      });

      it('takes an object of several parts', async () => {
        const bytes = patterned(largeBytes);
        const stored = await store.put('large.zip', sliced(bytes, 100_003));
        expect(stored).toMatchObject({ size: largeBytes, sha256: sha256(bytes) });
        const hash = createHash('sha256');
        for await (const chunk of await store.read('large.zip')) hash.update(chunk as Buffer);
        expect(hash.digest('hex')).toBe(stored.sha256);
      });

      it('replaces an object without ifAbsent, and leaves it alone with it', async () => {
        await store.put('a/b', chunks('first'));
        expect((await store.put('a/b', chunks('second'))).created).toBe(true);
        expect(await store.put('a/b', chunks('third'), { ifAbsent: true })).toMatchObject({ created: false, size: 5, sha256: sha256('third') });
        expect(await textOf(store, 'a/b')).toBe('second');
        expect((await store.put('a/c', chunks('new'), { ifAbsent: true })).created).toBe(true);
      });

      it('lets exactly one of several concurrent ifAbsent puts win', async () => {
        const puts = Array.from({ length: 6 }, (_, index) => store.put('race', chunks(`from ${index}`), { ifAbsent: true }));
        const winners = (await Promise.all(puts)).filter(({ created }) => created);
        expect(winners).toHaveLength(1);
        expect(sha256(await textOf(store, 'race'))).toBe(winners[0]!.sha256);
      });

      it('shows nothing until it is complete', async () => {
        const gate = Promise.withResolvers<undefined>();
        const put = store.put(
          'slow',
          (async function* () {
            yield Buffer.from('half');
            await gate.promise;
            yield Buffer.from(' whole');
          })(),
        );
        await setImmediate();
        expect(await store.head('slow')).toBeUndefined();
        expect(await listed(store, '')).toEqual([]);
        gate.resolve(undefined);
        await put;
        expect(await textOf(store, 'slow')).toBe('half whole');
      });

      it('[F20] leaves nothing when the source fails, and passes the error on', async () => {
        const failure = new Error('the client hung up');
        for (const before of [0, largeBytes]) {
          const put = store.put('failed', failing(before, failure));
          await expect(put).rejects.toBe(failure);
        }
        await expectNothingLeft(store, 'failed');
      });

      it('leaves nothing past sizeMax, and takes exactly sizeMax', async () => {
        await expectCode(store.put('big', sliced(Buffer.alloc(101), 10), { sizeMax: 100 }), 'TOO_LARGE');
        await expectCode(store.put('big', sliced(Buffer.alloc(largeBytes), 1 << 20), { sizeMax: largeBytes - 1 }), 'TOO_LARGE');
        await expectNothingLeft(store, 'big');
        expect((await store.put('fits', sliced(Buffer.alloc(100), 10), { sizeMax: 100 })).size).toBe(100);
      });

      it('[F20] leaves nothing when aborted, even while the source is silent', async () => {
        for (const before of [1_000, largeBytes]) {
          const controller = new AbortController();
          const silent = (async function* () {
            yield* sliced(Buffer.alloc(before), 1 << 20);
            controller.abort(new Error('drained'));
            await new Promise(() => undefined);
          })();
          await expectCode(store.put('aborted', silent, { signal: controller.signal }), 'ABORTED');
        }
        await expectCode(store.put('aborted', chunks('x'), { signal: AbortSignal.abort() }), 'ABORTED');
        await expectNothingLeft(store, 'aborted');
      });

      it('keeps the old object when a new put of it fails', async () => {
        await store.put('kept', chunks('old'));
        await expect(store.put('kept', failing(10, new Error('no')))).rejects.toThrow('no');
        expect(await textOf(store, 'kept')).toBe('old');
      });
    });

    describe('reading', () => {
      const text = '0123456789';
      beforeEach(async () => {
        await store.put('digits', chunks(text));
      });

      it.each([
        [0, 10, text],
        [0, 1, '0'],
        [3, 6, '345'],
        [8, 100, '89'],
        [4, 4, ''],
        [10, 20, ''],
        [50, 60, ''],
      ])('reads from %i up to %i', async (start, end, expected) => {
        expect(await textOf(store, 'digits', { start, end })).toBe(expected);
        expect((await store.readBytes('digits', start, end - start)).toString()).toBe(expected);
      });

      it('tells NOT_FOUND before the first byte', async () => {
        await expectCode(store.read('nothing'), 'NOT_FOUND');
        await expectCode(store.read('nothing', { start: 0, end: 0 }), 'NOT_FOUND');
        await expectCode(store.read('nothing', { start: 2, end: 5 }), 'NOT_FOUND');
        await expectCode(store.readBytes('nothing', 0, 10), 'NOT_FOUND');
        await expectCode(store.read('digits/below'), 'NOT_FOUND');
        expect(await store.head('nothing')).toBeUndefined();
      });

      it('refuses a range that is none', async () => {
        await expectCode(store.read('digits', { start: 5, end: 4 }), 'INVALID_KEY');
        await expectCode(store.read('digits', { start: -1, end: 4 }), 'INVALID_KEY');
        await expectCode(store.readBytes('digits', 0.5, 1), 'INVALID_KEY');
      });

      it('lets a reader stop early', async () => {
        await store.put('large', sliced(Buffer.alloc(4 << 20), 1 << 20));
        const stream = await store.read('large');
        for await (const chunk of stream) {
          expect((chunk as Buffer).length).toBeGreaterThan(0);
          break;
        }
        expect(stream.destroyed).toBe(true);
      });
    });

    describe('list and delete', () => {
      it('lists what begins with a text, in the order of the keys as bytes', async () => {
        for (const key of ['a/b', 'a-b', 'ab', 'a/Z', 'a/b2/c', 'b', 'a/报']) await store.put(key, chunks(key));
        expect(await listed(store, '')).toEqual(['a-b', 'a/Z', 'a/b', 'a/b2/c', 'a/报', 'ab', 'b']);
        expect(await listed(store, 'a/')).toEqual(['a/Z', 'a/b', 'a/b2/c', 'a/报']);
        expect(await listed(store, 'a/b')).toEqual(['a/b', 'a/b2/c']);
        expect(await listed(store, 'a/b2/')).toEqual(['a/b2/c']);
        expect(await listed(store, 'none/')).toEqual([]);
      });

      it('tells size and time of what it lists', async () => {
        await store.put('x', chunks('12345'));
        const head = await store.head('x');
        for await (const object of store.list('x')) expect(object).toEqual({ key: 'x', ...head });
        expect(Math.abs(head!.modifiedAt.getTime() - Date.now())).toBeLessThan(60_000);
      });

      it('deletes, also what is not there', async () => {
        await store.put('p/q/r', chunks('1'));
        await store.delete('p/q/r');
        await store.delete('p/q/r');
        expect(await store.head('p/q/r')).toBeUndefined();
        expect(await listed(store, '')).toEqual([]);
        await store.put('p/q', chunks('a file where a folder was'));
        expect(await textOf(store, 'p/q')).toBe('a file where a folder was');
      });
    });

    it.each([
      '../a',
      'a/../b',
      '/a',
      'a//b',
      'a/',
      '',
      '.',
      'a/./b',
      'a\\b',
      'a\0b',
      'a\nb',
      '\ud800',
      '.incoming/x',
      'x'.repeat(1_025),
      `a/${'x'.repeat(256)}`,
    ])('refuses the key %j everywhere', async (key) => {
      await expectCode(store.put(key, chunks('x')), 'INVALID_KEY');
      await expectCode(store.head(key), 'INVALID_KEY');
      await expectCode(store.read(key), 'INVALID_KEY');
      await expectCode(store.readBytes(key, 0, 1), 'INVALID_KEY');
      await expectCode(store.delete(key), 'INVALID_KEY');
    });

    it('answers a probe and leaves nothing of it', async () => {
      await store.probe();
      expect(await listed(store, '')).toEqual([]);
      expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(0);
    });
  });
}

async function expectNothingLeft(store: PackageStore, key: string): Promise<void> {
  expect(await store.head(key)).toBeUndefined();
  expect(await listed(store, '')).toEqual([]);
  expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(0);
}

async function expectCode(work: Promise<unknown>, code: PackageStoreError['code']): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PackageStoreError);
  expect((error as PackageStoreError).code).toBe(code);
}

async function listed(store: PackageStore, prefix: string): Promise<string[]> {
  const objects: StoredObject[] = [];
  for await (const object of store.list(prefix)) objects.push(object);
  return objects.map(({ key }) => key);
}

async function textOf(store: PackageStore, key: string, range?: { start: number; end: number }): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of await store.read(key, range)) parts.push(chunk as Buffer);
  return Buffer.concat(parts).toString();
}

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    await setImmediate();
    yield Buffer.from(text);
  }
}

async function* sliced(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* failing(before: number, failure: Error): AsyncGenerator<Buffer> {
  yield* sliced(Buffer.alloc(before), 1 << 20);
  throw failure;
}

/** The same bytes every time; the pattern is no multiple of a part, so a part in the wrong place shows. */
function patterned(length: number): Buffer {
  const pattern = Buffer.concat(Array.from({ length: 1_021 }, (_, index) => createHash('sha512').update(String(index)).digest()));
  return Buffer.alloc(length, pattern.subarray(0, 65_213));
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
