/** A package store in a bucket behind the S3 API: the data plane of many machines. */
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Meter, abortedError } from './metered';
import { upload } from './multipart-upload';
import { type ByteRange, type PackageStore, PackageStoreError, type PutOptions, type Stored, type StoredObject } from './package-store';
import { isPrecondition, orAbsent, orPastTheEnd, speaking } from './s3-errors';
import { steadily } from './steady-stream';
import { assertRange, assertSafeKey, isSafeKey } from './store-key';

export interface S3PackageStoreConfig {
  readonly bucket: string;
  readonly region: string;
  /** Absent: AWS itself. */
  readonly endpoint?: string;
  /** `http://host/bucket/key` instead of `http://bucket.host/key`; what most S3 servers of one's own need. */
  readonly forcePathStyle?: boolean;
  /** Absent: the SDK's own chain (environment, profile, instance role). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** A server that sends nothing for this long counts as gone. Milliseconds; default 30,000. */
  readonly silenceMs?: number;
  /** How often one request is tried in all; default 3. */
  readonly attemptsMax?: number;
}

/** The bucket exists already; lifecycle rules of the bucket are not needed, `sweep` removes what is left over. */
export class S3PackageStore implements PackageStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly silenceMs: number;

  constructor(config: S3PackageStoreConfig) {
    this.bucket = config.bucket;
    this.silenceMs = config.silenceMs ?? 30_000;
    this.client = new S3Client({
      region: config.region,
      forcePathStyle: config.forcePathStyle ?? false,
      maxAttempts: config.attemptsMax ?? 3,
      // Our own sha256 stands in the facts; many S3 servers do not know the SDK's default checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: 5_000, socketTimeout: this.silenceMs },
      ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
      ...(config.credentials === undefined ? {} : { credentials: config.credentials }),
    });
  }

  async put(key: string, bytes: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<Stored> {
    assertSafeKey(key);
    const meter = new Meter(options);
    const source: { failure?: { readonly error: unknown } } = {};
    try {
      const created = await this.upload(key, remembering(meter.through(bytes), source), options);
      return { key, size: meter.size, sha256: meter.sha256(), created };
    } catch (error) {
      // What the caller's own source threw is told unchanged.
      throw source.failure ? source.failure.error : error;
    }
  }

  async head(key: string): Promise<{ size: number; modifiedAt: Date } | undefined> {
    assertSafeKey(key);
    return speaking(async () => {
      const found = await orAbsent(this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key })));
      return found && { size: found.ContentLength ?? 0, modifiedAt: found.LastModified ?? new Date(0) };
    });
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    assertSafeKey(key);
    if (range) assertRange(range.start, range.end);
    if (range && range.start === range.end) {
      await this.mustExist(key);
      return empty();
    }
    return speaking(async () => {
      const Range = range && `bytes=${range.start}-${range.end - 1}`;
      const answer = await orPastTheEnd(this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, ...(Range === undefined ? {} : { Range }) })));
      if (answer === undefined) return empty();
      if (!(answer.Body instanceof Readable)) throw new PackageStoreError('UNAVAILABLE', 'the answer has no body');
      return steadily(answer.Body, this.silenceMs);
    });
  }

  async readBytes(key: string, start: number, length: number): Promise<Buffer> {
    assertRange(start, start + length);
    const chunks: Buffer[] = [];
    for await (const chunk of await this.read(key, { start, end: start + length })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  async *list(prefix: string): AsyncGenerator<StoredObject, void, undefined> {
    let token: string | undefined;
    do {
      const page = await speaking(() =>
        this.client.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) })),
      );
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key !== undefined && isSafeKey(Key)) yield { key: Key, size: Size ?? 0, modifiedAt: LastModified ?? new Date(0) };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async delete(key: string): Promise<void> {
    assertSafeKey(key);
    await speaking(() => orAbsent(this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }))));
  }

  async removeLeftovers(before: Date): Promise<number> {
    return speaking(async () => {
      let removed = 0;
      let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
      while (marker !== undefined) {
        const page: ListMultipartUploadsCommandOutput = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, ...marker }));
        for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
          if (Key === undefined || UploadId === undefined || Initiated === undefined || Initiated >= before) continue;
          await orAbsent(this.client.send(new AbortMultipartUploadCommand({ Bucket: this.bucket, Key, UploadId })));
          removed += 1;
        }
        marker = page.IsTruncated === true && page.NextKeyMarker !== undefined ? nextMarker(page.NextKeyMarker, page.NextUploadIdMarker) : undefined;
      }
      return removed;
    });
  }

  async probe(): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }));
    } catch (error) {
      // Also a bucket that does not exist: somebody has to make it, nothing here can.
      throw new PackageStoreError('UNAVAILABLE', `the bucket ${this.bucket} does not answer`, { cause: error });
    }
  }

  /** Ends the connections that are kept open. */
  close(): void {
    this.client.destroy();
  }

  /** Answers whether the object is the one that was given; false where another stood there. */
  private async upload(key: string, bytes: AsyncIterable<Uint8Array>, { ifAbsent = false, signal }: PutOptions): Promise<boolean> {
    try {
      await upload({ client: this.client, bucket: this.bucket, key, ifAbsent, ...(signal ? { signal } : {}) }, bytes);
      return true;
    } catch (error) {
      if (isAborted(signal)) throw abortedError(signal?.reason);
      if (ifAbsent && isPrecondition(error) && (await this.head(key)) !== undefined) return false;
      return await speaking(() => Promise.reject(error as Error));
    }
  }

  private async mustExist(key: string): Promise<void> {
    if ((await this.head(key)) === undefined) throw new PackageStoreError('NOT_FOUND', `no object ${JSON.stringify(key)}`);
  }
}

const empty = (): Readable => Readable.from([], { objectMode: false });
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const nextMarker = (KeyMarker: string, UploadIdMarker: string | undefined): { KeyMarker: string; UploadIdMarker?: string } =>
  UploadIdMarker === undefined ? { KeyMarker } : { KeyMarker, UploadIdMarker };

async function* remembering(chunks: AsyncIterable<Uint8Array>, into: { failure?: { readonly error: unknown } }): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    into.failure = { error };
    throw error;
  }
}
