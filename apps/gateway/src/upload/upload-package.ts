/** Takes a package in: bytes to the store while they are hashed, then record, answer and `ZipUploaded` in one transaction. Knows no HTTP. */
import { type FactBus } from '@tributary/fact-bus';
import { makeFact, type PolicySnapshot, sha256Hex, ZipUploaded } from '@tributary/facts';
import { type PackageStore, PackageStoreError, type Stored, storeUri } from '@tributary/package-store';
import { type Database, isTransient, type Transaction } from '@tributary/persistence';
import { type Clock, derivedId, type Identity, instant, type Language, type Log, Problem } from '@tributary/service-kit';
import { asProblem } from '../availability';
import { type PolicySource, resolvePolicy } from './policy-source';
import { type CheckedFields, checkFields, fingerprintText, type UploadFields } from './upload-fields';
import { type KeptAnswer, type Upload, type UploadAnswer, type UploadMemory } from './upload.memory';
import { beginningLikeZip } from './zip-signature';

export interface UploadPorts<T extends Transaction> {
  readonly database: Database<T>;
  readonly memory: UploadMemory;
  readonly bus: Pick<FactBus<T>, 'publish'>;
  readonly store: Pick<PackageStore, 'put' | 'delete'>;
  readonly policies: PolicySource;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly spans: Spans;
  readonly log: Log;
  readonly packageBytesMax: number;
}

/** Spans as an upload needs them: one that is the child of a request's. */
export interface Spans {
  start(name: string, parent: string | undefined): { readonly traceparent: string; end(): void };
}

export interface UploadRequest {
  readonly tenant: string;
  readonly actor: string;
  readonly language: Language;
  /** W3C, of the request. */
  readonly traceparent?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Asked for once, behind the last byte: fields may stand after the file. May reject. */
  readonly fields: () => Promise<UploadFields>;
  /** Nothing is left behind when it aborts before the transaction. */
  readonly signal?: AbortSignal;
}

export interface Accepted extends UploadAnswer {
  /** The answer was given before, to the same key and content. */
  readonly replayed: boolean;
}

/** For how long an idempotency key stands for its answer. */
export const keyKeptMs = 24 * 3_600_000;

export const packageKey = (taskId: string): string => `tasks/${taskId}/package.zip`;

interface Checked extends CheckedFields {
  readonly taskId: string;
  readonly stored: Stored;
  readonly answer: UploadAnswer;
}

export class UploadPackage<T extends Transaction> {
  constructor(private readonly ports: UploadPorts<T>) {}

  /** Rejects with a `Problem` (400, 413, 415, 422, 503); what the request's own streams reject with passes through. */
  async accept(request: UploadRequest): Promise<Accepted> {
    const taskId = this.ports.identity.fresh();
    const stored = await this.#store(packageKey(taskId), request);
    let checked: Checked;
    let policy: PolicySnapshot;
    try {
      checked = await this.#check(taskId, stored, request);
      policy = await resolvePolicy(checked.policy, this.ports.policies);
      if (request.signal?.aborted) throw aborted();
    } catch (error) {
      await this.#discard(stored.key);
      throw error;
    }
    return await this.#commit(checked, policy, request);
  }

  async #store(key: string, { bytes, signal }: UploadRequest): Promise<Stored> {
    const { store, packageBytesMax } = this.ports;
    const zip = await beginningLikeZip(bytes);
    try {
      return await store.put(key, zip, { sizeMax: packageBytesMax, ...(signal && { signal }) });
    } catch (error) {
      if (error instanceof PackageStoreError && error.code === 'TOO_LARGE') throw packageTooLarge(packageBytesMax);
      if (error instanceof PackageStoreError && error.code === 'ABORTED') throw aborted();
      throw asProblem(error);
    }
  }

  async #check(taskId: string, stored: Stored, { fields, fileName, language }: UploadRequest): Promise<Checked> {
    const { checked, faults } = checkFields(await fields());
    if (!checked) throw invalidUpload(faults);
    return { ...checked, taskId, stored, answer: { taskId, fileName, size: stored.size, sha256: stored.sha256, language } };
  }

  async #commit(checked: Checked, policy: PolicySnapshot, request: UploadRequest): Promise<Accepted> {
    const { clock, spans, database, memory, bus } = this.ports;
    const { stored, answer } = checked;
    const now = clock.now();
    const span = spans.start('publish ZipUploaded', request.traceparent);
    const upload = uploadOf(checked, policy, { tenant: request.tenant, traceparent: span.traceparent, createdAt: now });
    const fingerprint = sha256Hex(fingerprintText(checked, stored.sha256));
    let committing = false;
    try {
      const kept = await database.transaction(async (tx) => {
        if (request.idempotencyKey !== undefined) {
          const claim = { tenant: request.tenant, key: request.idempotencyKey, fingerprint, answer, now, keepMs: keyKeptMs };
          const earlier = await memory.claimKey(tx, claim);
          if (earlier) return earlier;
        }
        await memory.save(tx, upload);
        bus.publish(tx, [zipUploaded(upload, request.actor)]);
        tx.beforeCommit(() => {
          committing = true;
          return Promise.resolve();
        });
        return undefined;
      });
      return kept ? await this.#replay(kept, fingerprint, stored.key) : { ...answer, replayed: false };
    } catch (error) {
      return await this.#afterFailure(error, committing, upload, answer);
    } finally {
      span.end();
    }
  }

  async #replay(kept: KeptAnswer, fingerprint: string, ownKey: string): Promise<Accepted> {
    await this.#discard(ownKey);
    if (kept.fingerprint === fingerprint) return { ...kept.answer, replayed: true };
    const detail = { en: 'This Idempotency-Key stands for an upload with other content.', zh: '该 Idempotency-Key 已用于内容不同的上传。' };
    throw new Problem(422, 'IDEMPOTENCY_KEY_REUSED', detail);
  }

  /** An error of the commit itself does not tell whether it happened; the record does. In doubt the bytes stay: a sweep removes orphans. */
  async #afterFailure(error: unknown, committing: boolean, upload: Upload, answer: UploadAnswer): Promise<Accepted> {
    if (error instanceof Problem) throw error;
    const inDoubt = committing && isTransient(error);
    if (!inDoubt) await this.#discard(packageKey(upload.taskId));
    const committed = inDoubt && (await this.ports.memory.find(upload.tenant, upload.taskId).catch(() => undefined));
    if (committed) return { ...answer, replayed: false };
    this.ports.log.warn({ err: error, taskId: upload.taskId }, 'an upload could not be committed');
    throw asProblem(error);
  }

  async #discard(key: string): Promise<void> {
    try {
      await this.ports.store.delete(key);
    } catch (error) {
      this.ports.log.warn({ err: error, key }, 'a refused package could not be deleted; the sweep will meet it');
    }
  }
}

function uploadOf(
  { taskId, product, version, stored, answer }: Checked,
  policy: PolicySnapshot,
  rest: Pick<Upload, 'tenant' | 'traceparent' | 'createdAt'>,
): Upload {
  const file = { fileName: answer.fileName, size: stored.size, sha256: stored.sha256 };
  return { ...rest, taskId, product, version: version ?? stored.sha256.slice(0, 12), file, policy };
}

function zipUploaded({ taskId, tenant, product, version, file, policy, traceparent, createdAt }: Upload, actor: string): ZipUploaded {
  const time = instant(createdAt);
  return makeFact(ZipUploaded, {
    id: derivedId(taskId, 'ZipUploaded'),
    source: '/tributary/gateway',
    subject: taskId,
    time,
    tenant,
    traceparent,
    actor,
    data: { taskId, filePath: storeUri(packageKey(taskId)), ...file, product, version, uploadTime: time, policy },
  });
}

export function packageTooLarge(bytesMax: number): Problem {
  return new Problem(413, 'PACKAGE_TOO_LARGE', { en: `A package may have ${bytesMax} bytes at most.`, zh: `版本包最大 ${bytesMax} 字节。` });
}

export function invalidUpload(errors: NonNullable<Problem['options']['errors']>): Problem {
  return new Problem(400, 'INVALID_UPLOAD', { en: 'The fields of the upload are not valid.', zh: '上传字段无效。' }, { errors });
}

function aborted(): Problem {
  return new Problem(400, 'UPLOAD_ABORTED', { en: 'The upload ended before it was complete.', zh: '上传未完成即中断。' });
}
