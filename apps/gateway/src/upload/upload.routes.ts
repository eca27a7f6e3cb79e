/** `POST /api/v1/gate/tasks`: an upload as a form or as a raw body. */
import { acceptedShape } from '@tributary/http-api';
import { type Answer, type Bilingual, type Call, type Fault, idempotencyKeyOf, Problem, type Route, route } from '@tributary/service-kit';
import { type Request } from 'express';
import { type Readable } from 'node:stream';
import { z } from 'zod';
import { type Slots } from '../flow/slots';
import { discardRest } from './discard-rest';
import { fileNameOf } from './file-name';
import { MultipartForm } from './multipart-form';
import { checkFields, fieldNames, type UploadFields } from './upload-fields';
import { type Accepted, invalidUpload, packageTooLarge, type UploadRequest } from './upload-package';

export interface UploadRoutesOptions {
  readonly uploads: { accept(request: UploadRequest): Promise<Accepted> };
  readonly slots: Slots;
  readonly packageBytesMax: number;
}

/** What a form may have around its file. */
const formBytesMax = 2 * 1024 * 1024;
/** An upload whose fields are wrong is not stored; this much of it is read over to find the faults behind the file. */
const overreadBytesMax = 16 * 1024 * 1024;

const uploadQuery = z.strictObject({
  product: z.string().optional().meta({ description: 'with a raw body; default "default"' }),
  version: z.string().optional().meta({ description: "with a raw body; default the first 12 digits of the package's sha256" }),
  policy: z.string().optional().meta({ description: 'with a raw body; the id of a policy, or inline JSON' }),
});

const created: Bilingual = { en: 'Task created', zh: '任务创建成功' };

export function uploadRoutes(options: UploadRoutesOptions): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/v1/gate/tasks',
        summary: { en: 'Upload a version package', zh: '上传版本包' },
        tag: 'tasks',
        query: uploadQuery,
        rawBody: ['multipart/form-data', 'application/zip'],
        responses: { 202: { says: 'The package is stored and its task exists.', schema: acceptedShape } },
      },
      async (call) => await new UploadCall(call, options).answer(),
    ),
  ];
}

class UploadCall {
  readonly #gone = new AbortController();

  constructor(
    private readonly call: Call<z.infer<typeof uploadQuery>, undefined>,
    private readonly options: UploadRoutesOptions,
  ) {
    // Not the call's own signal: a server that stops lets uploads end.
    call.response.once('close', () => {
      this.#gone.abort();
    });
  }

  async answer(): Promise<Answer> {
    const { request } = this.call;
    const kind = kindOf(request);
    const idempotencyKey = idempotencyKeyOf(request);
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > this.options.packageBytesMax + (kind === 'form' ? formBytesMax : 0)) throw packageTooLarge(this.options.packageBytesMax);
    const giveBack = await this.options.slots.take();
    try {
      const accepted = kind === 'form' ? await this.#form(idempotencyKey) : await this.#raw(idempotencyKey);
      return answerOf(accepted);
    } catch (error) {
      // Somebody who is still sending does not hear us; a short rest is read first.
      await discardRest(request, { bytesMax: overreadBytesMax, waitMsMax: 2_000 });
      throw error;
    } finally {
      giveBack();
    }
  }

  async #raw(idempotencyKey: string | undefined): Promise<Accepted> {
    const { request, query } = this.call;
    const { faults } = checkFields(query);
    if (faults.length > 0) throw invalidUpload(faults);
    const fileName = fileNameOf(request.headers['content-disposition']);
    // The answer goes out on the same connection, so a refused body must not take it down.
    const bytes = { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array> };
    return await this.#accept({ fileName, bytes, fields: () => Promise.resolve(query) }, idempotencyKey);
  }

  async #form(idempotencyKey: string | undefined): Promise<Accepted> {
    const form = new MultipartForm(this.call.request, fieldNames);
    this.#gone.signal.addEventListener('abort', () => {
      form.abandon(new Error('the client is gone'));
    });
    try {
      const file = await form.file;
      if (!file) throw fileMissing([...form.faults, ...checkFields(this.#fieldsOf(form)).faults]);
      if (form.faults.length > 0 || checkFields(this.#fieldsOf(form)).faults.length > 0) {
        await readOver(form, file.bytes);
        throw invalidUpload([...form.faults, ...checkFields(this.#fieldsOf(form)).faults]);
      }
      return await this.#accept({ ...file, fields: () => this.#fieldsBehind(form) }, idempotencyKey);
    } catch (error) {
      throw error instanceof Problem ? error : ((await form.brokenBy()) ?? error);
    } finally {
      form.abandon(new Error('nobody reads on'));
    }
  }

  #accept(upload: Pick<UploadRequest, 'fileName' | 'bytes' | 'fields'>, idempotencyKey: string | undefined): Promise<Accepted> {
    const { actor, language, span } = this.call;
    const { uploads } = this.options;
    return uploads.accept({ ...upload, tenant: 'default', actor, language, traceparent: span.traceparent, idempotencyKey, signal: this.#gone.signal });
  }

  async #fieldsBehind(form: MultipartForm): Promise<UploadFields> {
    await form.ended;
    const fields = this.#fieldsOf(form);
    if (form.faults.length > 0) throw invalidUpload([...form.faults, ...checkFields(fields).faults]);
    return fields;
  }

  /** A form may lean on the query for fields that it does not have itself. */
  #fieldsOf(form: MultipartForm): UploadFields {
    return { ...this.call.query, ...Object.fromEntries(form.fields) };
  }
}

/** Reads a file that is not wanted away, to come to the fields behind it. */
async function readOver(form: MultipartForm, bytes: Readable): Promise<void> {
  let read = 0;
  bytes.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > overreadBytesMax) form.abandon(new Error('too long to be read over'));
  });
  // However the form ends: the faults that were found are what is told.
  await form.ended.catch(() => undefined);
}

function kindOf(request: Request): 'form' | 'raw' {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'multipart/form-data') return 'form';
  if (type === 'application/zip' || type === 'application/x-zip-compressed') return 'raw';
  const detail = { en: 'An upload is multipart/form-data or application/zip.', zh: '上传须为 multipart/form-data 或 application/zip。' };
  throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', detail, { headers: { accept: 'multipart/form-data, application/zip' } });
}

function fileMissing(faults: readonly Fault[]): Problem {
  const message = { en: 'the form has no part named file', zh: '表单中没有名为 file 的文件' };
  const errors = [{ parameter: 'file', code: 'FILE_MISSING', message }, ...faults];
  return new Problem(400, 'FILE_MISSING', { en: 'The form has no part `file` with a package.', zh: '表单缺少 file 文件部件。' }, { errors });
}

function answerOf({ taskId, fileName, size, sha256, language, replayed }: Accepted): Answer {
  const self = `/api/v1/gate/tasks/${taskId}`;
  return {
    status: 202,
    headers: { location: self, ...(replayed && { 'idempotent-replay': 'true' }) },
    body: {
      taskId,
      status: 'INIT',
      message: created[language],
      package: { fileName, size, sha256 },
      links: { self, explanation: `${self}/explanation`, events: `${self}/events` },
    },
  };
}
