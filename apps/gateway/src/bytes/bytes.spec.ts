import { GatewayUnderTest, sha256, zipLike } from '../testing/gateway-under-test';
import { rangeOf } from './byte-range';

let gateway: GatewayUnderTest;
let taskId: string;
const bytes = zipLike(Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 251)));
beforeAll(async () => {
  gateway = await new GatewayUnderTest().start();
  taskId = (await gateway.upload(bytes)).body.taskId;
});
afterAll(() => gateway.stop());

const unknown = '0198a2f0-0000-7000-8000-00000000dead';
const path = (part: string, id = taskId): string => `/api/v1/gate/tasks/${id}/${part}`;
const get = (part: string, headers: Record<string, string> = {}) => gateway.call('GET', path(part), { headers });

describe('[E-019] the package for workers without access to the store', () => {
  it('comes whole, with its sha256 as ETag', async () => {
    const { status, headers, bytes: got } = await get('package');
    expect([status, got, headers.get('etag'), headers.get('accept-ranges')]).toEqual([200, bytes, `"${sha256(bytes)}"`, 'bytes']);
    expect(headers.get('content-disposition')).toContain(`filename*=UTF-8''package.zip`);
  });

  it.each([
    ['bytes=0-3', 0, 4],
    ['bytes=10-19', 10, 20],
    ['bytes=1000-', 1_000, 1_004],
    ['bytes=-22', 982, 1_004],
    ['bytes=-99999', 0, 1_004],
    ['bytes=1003-5000', 1_003, 1_004],
  ])('in part for %s', async (range, start, end) => {
    const { status, headers, bytes: got } = await get('package', { range });
    expect([status, got]).toEqual([206, bytes.subarray(start, end)]);
    expect(headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1004`);
  });

  it('not behind its end', async () => {
    const { status, headers, body } = await get('package', { range: 'bytes=1004-' });
    expect([status, headers.get('content-range'), body.code]).toEqual([416, 'bytes */1004', 'RANGE_NOT_SATISFIABLE']);
  });

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-'])('whole for %s, which is no range that we read', async (range) => {
    expect((await get('package', { range })).status).toBe(200);
  });

  it('whole when the part was asked of another version of it', async () => {
    expect((await get('package', { range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(200);
    expect((await get('package', { range: 'bytes=0-3', 'if-range': `"${sha256(bytes)}"` })).status).toBe(206);
  });

  it('its head alone for HEAD', async () => {
    const { status, headers, bytes: got } = await gateway.call('HEAD', path('package'));
    expect([status, headers.get('content-length'), got.length]).toEqual([200, '1004', 0]);
  });

  it('not of tasks that nobody uploaded, and gone when it was deleted', async () => {
    expect((await gateway.call('GET', path('package', unknown))).status).toBe(404);
    const other = (await gateway.upload(bytes)).body.taskId;
    await gateway.store.delete(`tasks/${other}/package.zip`);
    expect(await gateway.call('GET', path('package', other))).toMatchObject({ status: 410, body: { code: 'PACKAGE_GONE' } });
  });

  it('an empty object has no ranges', () => {
    expect(rangeOf('bytes=0-', 0)).toEqual({ kind: 'outside' });
  });
});

describe('[C-26] the index', () => {
  it('is a 404 with Retry-After until a reader has made it, then what the reader made', async () => {
    const before = await get('index');
    expect([before.status, before.body.code, before.headers.get('retry-after')]).toEqual([404, 'INDEX_NOT_MADE', '1']);
    const index = { kind: 'refusal', code: 'SYMLINK' };
    await gateway.store.put(
      `tasks/${taskId}/index-${sha256(bytes)}-v1.json`,
      (async function* () {
        yield Buffer.from(JSON.stringify(index));
      })(),
    );
    expect((await get('index')).body).toEqual(index);
  });
});

describe('[E-019] a report sent to the gateway', () => {
  const send = (place: string, body: string, id = taskId, type = 'application/x-ndjson') =>
    gateway.call('PUT', path(`reports/${place}`, id), { body, headers: { 'content-type': type } });

  it('is stored where its fact must name it, once', async () => {
    const text = '{"ruleId":"X"}\n';
    const first = await send('PYTHON_LINT/1-2', text);
    const uri = `store:tasks/${taskId}/reports/PYTHON_LINT/1-2.ndjson`;
    expect([first.status, first.body]).toEqual([201, { uri, sha256: sha256(text), size: text.length }]);
    expect(await send('PYTHON_LINT/1-2', text)).toMatchObject({ status: 200, body: first.body });
    expect(await send('PYTHON_LINT/1-2', 'other\n')).toMatchObject({ status: 409, body: { code: 'REPORT_EXISTS' } });
    expect(await gateway.store.readBytes(`tasks/${taskId}/reports/PYTHON_LINT/1-2.ndjson`, 0, 99)).toEqual(Buffer.from(text));
  });

  it.each(['sql/1-1', 'SQL/0-1', 'SQL/1-0', 'SQL/1-x', 'SQL/1.5-1', 'SQL/1', `${'S'.repeat(65)}/1-1`])('not at %s', async (place) => {
    expect((await send(place, 'x')).status).toBe(404);
  });

  it('not for tasks that nobody uploaded, nor as another kind of content', async () => {
    expect((await send('SQL/1-1', 'x', unknown)).status).toBe(404);
    expect(await send('SQL/1-1', 'x', taskId, 'application/json')).toMatchObject({ status: 415 });
  });

  it('not when it breaks off', async () => {
    const leave = new AbortController();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"ruleId":"X"}\n'));
        setTimeout(() => {
          leave.abort();
        }, 50);
      },
    });
    const init = { method: 'PUT', body, duplex: 'half', signal: leave.signal, headers: { 'content-type': 'application/x-ndjson' } } as RequestInit;
    await expect(fetch(`${gateway.url}${path('reports/SQL/3-1')}`, init)).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await gateway.store.head(`tasks/${taskId}/reports/SQL/3-1.ndjson`)).toBeUndefined();
  });
});
