/** A store whose adapter is loaded at its first use: the client of S3 costs a process that keeps its packages in a folder memory and time. */
import { type Readable } from 'node:stream';
import { type ByteRange, type PackageStore, type PutOptions, type Stored, type StoredObject } from './package-store';

export class DeferredPackageStore implements PackageStore {
  #opened: Promise<PackageStore> | undefined;

  constructor(private readonly open: () => Promise<PackageStore>) {}

  async put(key: string, bytes: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<Stored> {
    return await (await this.#store()).put(key, bytes, options);
  }

  async head(key: string): Promise<{ readonly size: number; readonly modifiedAt: Date } | undefined> {
    return await (await this.#store()).head(key);
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    return await (await this.#store()).read(key, range);
  }

  async readBytes(key: string, start: number, length: number): Promise<Buffer> {
    return await (await this.#store()).readBytes(key, start, length);
  }

  async *list(prefix: string): AsyncGenerator<StoredObject, void, undefined> {
    yield* (await this.#store()).list(prefix);
  }

  async delete(key: string): Promise<void> {
    await (await this.#store()).delete(key);
  }

  async removeLeftovers(before: Date): Promise<number> {
    return await (await this.#store()).removeLeftovers(before);
  }

  async probe(): Promise<void> {
    await (await this.#store()).probe();
  }

  #store(): Promise<PackageStore> {
    return (this.#opened ??= this.open());
  }
}
