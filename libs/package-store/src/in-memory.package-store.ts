/** A package store in memory: for tests and the simulation. */
import { Readable } from 'node:stream';
import { Meter } from './metered';
import { type ByteRange, type PackageStore, PackageStoreError, type PutOptions, type Stored, type StoredObject } from './package-store';
import { assertRange, assertSafeKey } from './store-key';

interface Kept {
  readonly bytes: Buffer;
  readonly modifiedAt: Date;
}

/** `now` is the clock that `modifiedAt` is read from; a simulation passes its own. */
export class InMemoryPackageStore implements PackageStore {
  private readonly objects = new Map<string, Kept>();

  constructor(private readonly now: () => Date) {}

  async put(key: string, bytes: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<Stored> {
    assertSafeKey(key);
    const meter = new Meter(options);
    const chunks: Uint8Array[] = [];
    for await (const chunk of meter.through(bytes)) chunks.push(chunk);
    const created = options.ifAbsent !== true || !this.objects.has(key);
    if (created) this.objects.set(key, { bytes: Buffer.concat(chunks), modifiedAt: this.now() });
    return { key, size: meter.size, sha256: meter.sha256(), created };
  }

  head(key: string): Promise<{ size: number; modifiedAt: Date } | undefined> {
    return answering(() => {
      assertSafeKey(key);
      const kept = this.objects.get(key);
      return kept && { size: kept.bytes.length, modifiedAt: kept.modifiedAt };
    });
  }

  read(key: string, range?: ByteRange): Promise<Readable> {
    return answering(() => {
      if (range) assertRange(range.start, range.end);
      const bytes = this.kept(key).bytes.subarray(range?.start, range?.end);
      return Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false });
    });
  }

  readBytes(key: string, start: number, length: number): Promise<Buffer> {
    return answering(() => {
      assertRange(start, start + length);
      return Buffer.from(this.kept(key).bytes.subarray(start, start + length));
    });
  }

  async *list(prefix: string): AsyncGenerator<StoredObject, void, undefined> {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix));
    const ordered = keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const key of ordered) {
      const found = await this.head(key);
      if (found) yield { key, ...found };
    }
  }

  delete(key: string): Promise<void> {
    return answering(() => {
      assertSafeKey(key);
      this.objects.delete(key);
    });
  }

  /** A put that dies leaves nothing in memory. */
  removeLeftovers(_before: Date): Promise<number> {
    return Promise.resolve(0);
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }

  private kept(key: string): Kept {
    assertSafeKey(key);
    const kept = this.objects.get(key);
    if (!kept) throw new PackageStoreError('NOT_FOUND', `no object ${JSON.stringify(key)}`);
    return kept;
  }
}

/** A port of promises never throws, it rejects. */
function answering<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
