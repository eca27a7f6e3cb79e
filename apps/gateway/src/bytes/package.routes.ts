/** The bytes of a package and its index, for whoever has no access to the store. */
import { manifestFormat } from '@tributary/package-reader';
import { type PackageStore, PackageStoreError } from '@tributary/package-store';
import { type Call, Problem, type Route, route } from '@tributary/service-kit';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { asProblem } from '../availability';
import { knownUpload } from '../tasks/known-upload';
import { taskIdOf } from '../tasks/task-id';
import { packageKey } from '../upload/upload-package';
import { type UploadMemory } from '../upload/upload.memory';
import { type Handled } from '../upstream/pass-on';
import { rangeOf } from './byte-range';

export interface PackageRoutesOptions {
  readonly store: Pick<PackageStore, 'read' | 'head'>;
  readonly uploads: Pick<UploadMemory, 'find'>;
}

/** Beside the package: put there by whoever reads it first, named by its bytes and the format of the manifest. */
export const indexKey = (taskId: string, sha256: string): string => `tasks/${taskId}/index-${sha256}-v${manifestFormat}.json`;

export function packageRoutes(options: PackageRoutesOptions): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/v1/gate/tasks/{taskId}/package',
        summary: { en: 'The package, whole or a range of it', zh: '下载版本包，支持 Range' },
        tag: 'workers',
        responses: {
          200: { says: 'The whole package; its ETag is its sha256.', contentType: 'application/zip' },
          206: { says: 'The range asked for.', contentType: 'application/zip' },
          416: { says: 'The range lies behind the end.' },
        },
      },
      (call) => sendPackage(options, call),
    ),
    route(
      {
        method: 'GET',
        path: '/api/v1/gate/tasks/{taskId}/index',
        summary: { en: 'The index of the package: its manifest, or why it is refused', zh: '版本包索引：清单或拒绝原因' },
        tag: 'workers',
        responses: {
          200: { says: 'The index; 404 with Retry-After until a reader has made it.', schema: z.looseObject({ kind: z.enum(['manifest', 'refusal']) }) },
        },
      },
      (call) => sendIndex(options, call),
    ),
  ];
}

async function sendPackage({ store, uploads }: PackageRoutesOptions, call: Call<undefined, undefined>): Promise<Handled> {
  const { taskId, file } = await knownUpload(uploads, taskIdOf(call));
  const etag = `"${file.sha256}"`;
  const { range, 'if-range': ifRange } = call.request.headers;
  const asked = ifRange === undefined || ifRange === etag ? rangeOf(range, file.size) : ({ kind: 'whole' } as const);
  if (asked.kind === 'outside') throw outside(file.size);
  const { start, end } = asked.kind === 'part' ? asked : { start: 0, end: file.size };
  const bytes = await opened(packageGone, () => store.read(packageKey(taskId), { start, end }));
  call.response.status(asked.kind === 'part' ? 206 : 200).set({
    'content-type': 'application/zip',
    'content-length': String(end - start),
    'content-disposition': `attachment; filename="package.zip"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    'accept-ranges': 'bytes',
    etag,
    'x-content-type-options': 'nosniff',
    ...(asked.kind === 'part' && { 'content-range': `bytes ${start}-${end - 1}/${file.size}` }),
  });
  return await sent(call, bytes);
}

async function sendIndex({ store, uploads }: PackageRoutesOptions, call: Call<undefined, undefined>): Promise<Handled> {
  const { taskId, file } = await knownUpload(uploads, taskIdOf(call));
  const key = indexKey(taskId, file.sha256);
  const bytes = await opened(indexNotMade, () => store.read(key));
  call.response.status(200).set({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'private, max-age=31536000, immutable' });
  return await sent(call, bytes);
}

/** A body that breaks off must not look complete. */
async function sent({ request, response }: Pick<Call, 'request' | 'response'>, bytes: Awaited<ReturnType<PackageStore['read']>>): Promise<Handled> {
  if (request.method === 'HEAD') {
    bytes.destroy();
    response.end();
    return undefined;
  }
  try {
    await pipeline(bytes, response);
  } catch {
    response.destroy();
  }
  return undefined;
}

async function opened<T>(missing: () => Problem, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw error instanceof PackageStoreError && error.code === 'NOT_FOUND' ? missing() : asProblem(error);
  }
}

function outside(size: number): Problem {
  const detail = { en: `The package has ${size} bytes.`, zh: `版本包共 ${size} 字节。` };
  return new Problem(416, 'RANGE_NOT_SATISFIABLE', detail, {
    title: { en: 'No such range', zh: '范围无效' },
    headers: { 'content-range': `bytes */${size}` },
  });
}

function packageGone(): Problem {
  return new Problem(410, 'PACKAGE_GONE', { en: 'The package was deleted.', zh: '版本包已删除。' });
}

function indexNotMade(): Problem {
  const detail = { en: 'Nobody has made the index yet; ask again.', zh: '索引尚未生成，请稍后再试。' };
  return new Problem(404, 'INDEX_NOT_MADE', detail, { headers: { 'retry-after': '1' } });
}
