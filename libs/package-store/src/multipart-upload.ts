/**
 * Streams bytes of unknown length into one S3 object in constant memory. `Upload` of @aws-sdk/lib-storage does not wait for its own
 * requests when it is aborted, and so leaves parts behind (seen with versitygw); here the last request ends before the upload is aborted.
 */
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** Two parts of this size in flight, and one being filled. S3 takes 10,000 parts, so an object may have 78 GiB. */
const partBytes = 8 * 1024 * 1024;
const partsInFlightMax = 2;
const abortAttemptsMax = 3;

export interface UploadTarget {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly ifAbsent: boolean;
  readonly signal?: AbortSignal;
}

/** Rejects with what the bytes or S3 rejected with, after everything that was begun has been taken back. */
export async function upload(target: UploadTarget, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = inParts(bytes)[Symbol.asyncIterator]();
  const first = await parts.next();
  const second = first.done === true ? first : await parts.next();
  if (second.done === true) {
    await putWhole(target, first.done === true ? Buffer.alloc(0) : first.value);
    return;
  }
  const UploadId = await begin(target);
  try {
    const done = await sendParts(target, UploadId, [first.value as Buffer, second.value], parts);
    await complete(target, UploadId, done);
  } catch (error) {
    await parts.return(undefined).catch(() => undefined);
    await takeBack(target, UploadId);
    throw error;
  }
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let part = Buffer.allocUnsafe(partBytes);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, partBytes - filled);
      part.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < partBytes) continue;
      yield part;
      part = Buffer.allocUnsafe(partBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

/** Answers when no request of this upload is under way any more, whether it went well or not. */
async function sendParts(target: UploadTarget, UploadId: string, head: readonly Buffer[], rest: AsyncIterator<Buffer>): Promise<CompletedPart[]> {
  const done: CompletedPart[] = [];
  const inFlight = new Set<Promise<void>>();
  const send = (body: Buffer, PartNumber: number): void => {
    const sent = sendPart(target, UploadId, body, PartNumber).then((part) => {
      done.push(part);
      inFlight.delete(sent);
    });
    sent.catch(() => undefined); // the race or the last wait below hears it
    inFlight.add(sent);
  };
  try {
    let number = 0;
    for (const body of head) send(body, ++number);
    for (;;) {
      if (inFlight.size >= partsInFlightMax) await Promise.race(inFlight);
      const next = await rest.next();
      if (next.done === true) break;
      send(next.value, ++number);
    }
    await Promise.all(inFlight);
  } finally {
    await Promise.allSettled(inFlight);
  }
  return done.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
}

async function sendPart(target: UploadTarget, UploadId: string, Body: Buffer, PartNumber: number): Promise<CompletedPart> {
  const { client, bucket, key } = target;
  const { ETag } = await client.send(new UploadPartCommand({ Bucket: bucket, Key: key, UploadId, PartNumber, Body }), abortable(target));
  return ETag === undefined ? { PartNumber } : { PartNumber, ETag };
}

async function putWhole(target: UploadTarget, Body: Buffer): Promise<void> {
  const { client, bucket, key, ifAbsent } = target;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ...(ifAbsent ? { IfNoneMatch: '*' } : {}) }), abortable(target));
}

/** Not abortable: without the answer nobody would know what to take back. */
async function begin({ client, bucket, key }: UploadTarget): Promise<string> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key }));
  if (UploadId === undefined) throw new Error('the server began an upload without an id');
  return UploadId;
}

async function complete(target: UploadTarget, UploadId: string, Parts: CompletedPart[]): Promise<void> {
  const { client, bucket, key, ifAbsent } = target;
  const condition = ifAbsent ? { IfNoneMatch: '*' } : {};
  await client.send(new CompleteMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId, MultipartUpload: { Parts }, ...condition }), abortable(target));
}

/** What cannot be taken back now is left to the sweep of leftovers. */
async function takeBack({ client, bucket, key }: UploadTarget, UploadId: string): Promise<void> {
  for (let attempt = 1; attempt <= abortAttemptsMax; attempt++) {
    const gone = await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId })).then(
      () => true,
      (error: unknown) => (error as { name?: unknown }).name === 'NoSuchUpload',
    );
    if (gone) return;
  }
}

const abortable = ({ signal }: UploadTarget): { abortSignal?: AbortSignal } => (signal === undefined ? {} : { abortSignal: signal });
