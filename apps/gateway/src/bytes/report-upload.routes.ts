/** `PUT .../reports/{type}/{round}-{attempt}`: a report of a worker without access to the store. */
import { Attempt, Round, SubTaskType } from '@tributary/facts';
import { type PackageStore, PackageStoreError, type Stored, storeUri } from '@tributary/package-store';
import { type Call, notFound, Problem, type Route, route } from '@tributary/service-kit';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { asProblem } from '../availability';
import { reportPrefix } from '../findings/task-reports';
import { reportBytesMax } from '../findings/verified-reports';
import { type Slots } from '../flow/slots';
import { knownUpload } from '../tasks/known-upload';
import { taskIdOf } from '../tasks/task-id';
import { discardRest } from '../upload/discard-rest';
import { type UploadMemory } from '../upload/upload.memory';
import { type Handled, untilClientGone } from '../upstream/pass-on';

export interface ReportUploadOptions {
  readonly store: Pick<PackageStore, 'put' | 'read'>;
  readonly uploads: Pick<UploadMemory, 'find'>;
  readonly slots: Slots;
}

const kinds = ['application/x-ndjson', 'application/jsonl', 'application/ndjson'];
const answerShape = z.object({ uri: z.string(), sha256: z.string(), size: z.number().int() });
const Place = z.object({
  type: SubTaskType,
  round: z.coerce.number().pipe(Round.unwrap()),
  attempt: z.coerce.number().pipe(Attempt.unwrap()),
});

export function reportUploadRoutes(options: ReportUploadOptions): Route[] {
  return [
    route(
      {
        method: 'PUT',
        path: '/api/v1/gate/tasks/{taskId}/reports/{type}/{round}-{attempt}',
        summary: { en: "Store a worker's report", zh: '上传工作器报告' },
        tag: 'workers',
        rawBody: kinds,
        responses: {
          200: { says: 'The same report was there already.', schema: answerShape },
          201: { says: 'Stored; name `uri`, `sha256` and `size` in the fact.', schema: answerShape },
        },
      },
      (call) => storeReport(options, call),
    ),
  ];
}

async function storeReport({ store, uploads, slots }: ReportUploadOptions, call: Call<undefined, undefined>): Promise<Handled> {
  const { request } = call;
  const place = Place.safeParse(call.params);
  if (!place.success) throw notFound({ en: 'A report lies at TYPE/round-attempt.', zh: '报告路径须为 类型/轮次-尝试次数。' });
  refuseOtherKinds(request.headers['content-type']);
  const { taskId } = await knownUpload(uploads, taskIdOf(call));
  if (Number(request.headers['content-length'] ?? 0) > reportBytesMax) throw tooLarge();
  const { type, round, attempt } = place.data;
  const key = `${reportPrefix(taskId)}${type}/${round}-${attempt}.ndjson`;
  const giveBack = await slots.take();
  try {
    const bytes = { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array> };
    // A report that a fact has named must stay what the fact says, so nobody replaces it: another attempt has another place.
    const stored = await store.put(key, bytes, { ifAbsent: true, sizeMax: reportBytesMax, signal: untilClientGone(call) });
    if (!stored.created && !(await isSame(store, stored))) throw exists();
    return { status: stored.created ? 201 : 200, body: { uri: storeUri(key), sha256: stored.sha256, size: stored.size } };
  } catch (error) {
    await discardRest(request, { bytesMax: 16 * 1024 * 1024, waitMsMax: 2_000 });
    throw error instanceof PackageStoreError && error.code === 'TOO_LARGE' ? tooLarge() : asProblem(error);
  } finally {
    giveBack();
  }
}

async function isSame(store: Pick<PackageStore, 'read'>, { key, sha256 }: Stored): Promise<boolean> {
  const hash = createHash('sha256');
  for await (const chunk of (await store.read(key)) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex') === sha256;
}

function refuseOtherKinds(contentType: string | undefined): void {
  const kind = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (kinds.includes(kind)) return;
  const detail = { en: `A report is ${kinds.join(' or ')}.`, zh: `报告的内容类型须为 ${kinds.join('、')}。` };
  throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', detail, { headers: { accept: kinds.join(', ') } });
}

function tooLarge(): Problem {
  return new Problem(413, 'REPORT_TOO_LARGE', { en: `A report may have ${reportBytesMax} bytes at most.`, zh: `报告最大 ${reportBytesMax} 字节。` });
}

function exists(): Problem {
  return new Problem(409, 'REPORT_EXISTS', { en: 'Another report of this attempt is stored already.', zh: '该次尝试已有内容不同的报告。' });
}
