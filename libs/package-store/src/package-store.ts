/** The port to the bytes that services share by reference: packages, their indexes, and reports. */
import { type Readable } from 'node:stream';

/**
 * What went wrong, in the store's own words:
 * - `NOT_FOUND`: there is no object under this key;
 * - `TOO_LARGE`: a put went past its `sizeMax`, nothing was kept;
 * - `INVALID_KEY`: the key (or range) is not one that any store accepts, or it lies below another object;
 * - `ABORTED`: the caller's signal ended the put, nothing was kept;
 * - `UNAVAILABLE`: the store did not answer, or refused; worth trying again later.
 */
export type PackageStoreCode = 'NOT_FOUND' | 'TOO_LARGE' | 'INVALID_KEY' | 'ABORTED' | 'UNAVAILABLE';

export class PackageStoreError extends Error {
  override readonly name = 'PackageStoreError';

  constructor(
    readonly code: PackageStoreCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export interface PutOptions {
  /** An object that is there already stays as it is; the answer says `created: false`. */
  readonly ifAbsent?: boolean;
  /** Bytes; one more is `TOO_LARGE`. */
  readonly sizeMax?: number;
  readonly signal?: AbortSignal;
}

/** `size` (bytes) and `sha256` (hex) are those of the bytes given, also where an object stood in the way. */
export interface Stored {
  readonly key: string;
  readonly size: number;
  readonly sha256: string;
  readonly created: boolean;
}

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** The bytes from `start` up to but not including `end`; what lies past the object's end is left out. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Every method rejects with a `PackageStoreError`, except that errors of the caller's own iterable pass through `put` unchanged. */
export interface PackageStore {
  /** Streams in constant memory. Visible only when complete; a failed or aborted put leaves nothing. Chunks must not be changed after they were handed over. */
  put(key: string, bytes: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<Stored>;

  head(key: string): Promise<{ readonly size: number; readonly modifiedAt: Date } | undefined>;

  /** Streams a range, or the whole. A missing object is `NOT_FOUND` before the first byte. */
  read(key: string, range?: ByteRange): Promise<Readable>;

  /** Random access; shorter than `length` at the end of the object. */
  readBytes(key: string, start: number, length: number): Promise<Buffer>;

  /** Every object whose key begins with `prefix` (a text, not a folder), in the order of the keys' UTF-8 bytes. */
  list(prefix: string): AsyncIterable<StoredObject>;

  /** A missing object is no error. */
  delete(key: string): Promise<void>;

  /** Removes what puts that died before `before` left invisible: temporary files, unfinished multipart uploads. Answers how many. */
  removeLeftovers(before: Date): Promise<number>;

  /** For readiness: resolves when an object could be written now, otherwise `UNAVAILABLE`. */
  probe(): Promise<void>;
}
