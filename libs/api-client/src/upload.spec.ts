/** Uploads: refused early, torn in the middle, answered and not heard. */
import { createHash } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { ApiClient, type UploadSource } from './index';
import { ImpatientPace, json, problem, type ScriptedServer, startScriptedServer, taskId } from './testing/scripted-server';

const chunk = new Uint8Array(64 * 1024).fill(7);
const chunks = 64;
const size = chunk.length * chunks;
const sha256 = createHash('sha256').update(Buffer.alloc(size, 7)).digest('hex');

async function* file(): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < chunks; n++) yield await Promise.resolve(chunk);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

function accepted(bytes: Buffer): object {
  const file = { fileName: 'a.zip', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  return { taskId, status: 'INIT', message: 'Task created', package: file, links: { self: '', explanation: '', events: '' } };
}

describe('an upload', () => {
  let server: ScriptedServer;
  let pace: ImpatientPace;
  const keys: unknown[] = [];
  beforeEach(async () => {
    server = await startScriptedServer(() => undefined);
    pace = new ImpatientPace();
    keys.length = 0;
  });
  afterEach(() => server.stop());

  function send(more: Partial<UploadSource> = {}): ReturnType<ApiClient['upload']> {
    const client = new ApiClient({ baseUrl: server.url, pace, token: () => 'secret', language: () => 'zh' });
    return client.upload({ fileName: '零售 (2).zip', size, open: file, idempotencyKey: 'key-1', product: 'retail', version: '2.3.0', ...more });
  }

  it('arrives byte for byte, named, with its length, and tells how far it is', async () => {
    const headers: Record<string, unknown> = {};
    server.handle(async (request, response) => {
      Object.assign(headers, request.headers);
      json(response, 202, accepted(await bytesOf(request)));
    });
    const progress: number[] = [];
    const answer = await send({ onProgress: (sent) => progress.push(sent) });
    expect(answer.package).toEqual({ fileName: 'a.zip', size, sha256 });
    expect(server.heard).toEqual(['POST /api/v1/gate/tasks?product=retail&version=2.3.0']);
    expect(headers).toMatchObject({
      'content-length': String(size),
      'idempotency-key': 'key-1',
      authorization: 'Bearer secret',
      'accept-language': 'zh-CN',
      'content-disposition': "attachment; filename*=utf-8''%E9%9B%B6%E5%94%AE%20%282%29.zip",
    });
    expect(progress.at(-1)).toBe(size);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it.each([1, 100_000, size - 1, size])('is sent again under the same key when the connection breaks after %d bytes', async (bytes) => {
    server.handle(async (request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length > 2) {
        json(response, 202, accepted(await bytesOf(request)));
        return;
      }
      let read = 0;
      request.on('data', (part: Buffer) => {
        read += part.length;
        if (read >= bytes) request.socket.destroy();
      });
    });
    const retries: number[] = [];
    expect((await send({ onRetry: (attempt) => retries.push(attempt) })).package.sha256).toBe(sha256);
    expect(keys).toEqual(['key-1', 'key-1', 'key-1']);
    expect(retries).toEqual([1, 2]);
  });

  it('waits for a server that is busy, as long as it asks', async () => {
    server.handle(async (request, response) => {
      const bytes = await bytesOf(request);
      if (keys.push(1) === 1) json(response, 503, problem(503, 'TOO_BUSY'), { 'retry-after': '3' });
      else json(response, 202, accepted(bytes));
    });
    await send();
    expect(pace.waits).toEqual([3_000]);
  });

  it('[Z-002] a refusal before the bytes were read is heard and not repeated', async () => {
    server.handle((_, response) => {
      response.setHeader('connection', 'close');
      json(response, 413, problem(413, 'PACKAGE_TOO_LARGE'));
    });
    await expect(send()).rejects.toMatchObject({ name: 'ApiProblem', status: 413, code: 'PACKAGE_TOO_LARGE' });
    expect(server.heard).toHaveLength(1);
  });

  it('nobody there is told at once', async () => {
    await server.stop();
    await expect(send()).rejects.toMatchObject({ name: 'Unreachable', code: 'ECONNREFUSED' });
    expect(pace.waits).toEqual([]);
  });

  it('gives up after as many attempts as it may make', async () => {
    server.handle((request) => {
      request.once('data', () => request.socket.destroy());
    });
    await expect(send({ attemptsMax: 3 })).rejects.toMatchObject({ name: 'Unreachable' });
    expect(server.heard).toHaveLength(3);
  });

  it('ends when its caller wants it to', async () => {
    const ending = new AbortController();
    server.handle((request) => {
      request.once('data', () => {
        ending.abort(new Error('enough'));
      });
    });
    await expect(send({ signal: ending.signal })).rejects.toThrow('enough');
  });
});
