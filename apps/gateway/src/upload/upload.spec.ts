import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayUnderTest, sha256, zipLike } from '../testing/gateway-under-test';

let gateway: GatewayUnderTest;
beforeEach(async () => {
  gateway = await new GatewayUnderTest().start();
});
afterEach(() => gateway.stop());

const bytes = zipLike('some entries');
const quick = { participationMs: 2_000, gapMs: 300, deadlineMs: 60_000 };
const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const raw = (body: Buffer, query = '', headers: Record<string, string> = {}) =>
  gateway.call('POST', `/api/v1/gate/tasks${query}`, { body: new Uint8Array(body), headers: { 'content-type': 'application/zip', ...headers } });
const form = (parts: readonly (readonly [string, string | Blob, string?])[], headers: Record<string, string> = {}) => {
  const data = new FormData();
  for (const [name, value, fileName] of parts) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, fileName);
  }
  return gateway.call('POST', '/api/v1/gate/tasks', { body: data, headers });
};
const blob = (content: Buffer): Blob => new Blob([new Uint8Array(content)]);

describe('an upload that is accepted', () => {
  it('[Z-003 Z-019 M-007] answers 202 with the task, the package and where to look', async () => {
    const { status, headers, body } = await gateway.upload(bytes, { product: 'sales', version: '1.4.2', policy: JSON.stringify(quick) });
    expect(status).toBe(202);
    expect(body).toEqual({
      taskId: expect.stringMatching(uuidV7),
      status: 'INIT',
      message: 'Task created',
      package: { fileName: 'package.zip', size: bytes.length, sha256: sha256(bytes) },
      links: {
        self: `/api/v1/gate/tasks/${body.taskId}`,
        explanation: `/api/v1/gate/tasks/${body.taskId}/explanation`,
        events: `/api/v1/gate/tasks/${body.taskId}/events`,
      },
    });
    expect(headers.get('location')).toBe(body.links.self);
    expect(await gateway.stored()).toEqual([`tasks/${body.taskId}/package.zip`]);
    expect(await gateway.store.readBytes(`tasks/${body.taskId}/package.zip`, 0, 1_000)).toEqual(bytes);
  });

  it('[Z-003] says so in Chinese, too', async () => {
    expect((await gateway.upload(bytes, {}, { 'accept-language': 'zh-CN' })).body.message).toBe('任务创建成功');
  });

  it('[Z-041 Z-049] publishes one ZipUploaded with the whole policy, in the trace of the caller', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { body, headers } = await gateway.upload(bytes, { policy: JSON.stringify(quick) }, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    const [fact, ...more] = gateway.facts('ZipUploaded');
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      subject: body.taskId,
      source: '/tributary/gateway',
      actor: 'anonymous',
      data: {
        taskId: body.taskId,
        filePath: `store:tasks/${body.taskId}/package.zip`,
        sha256: sha256(bytes),
        size: bytes.length,
        fileName: 'package.zip',
        product: 'default',
        version: sha256(bytes).slice(0, 12),
        policy: { id: 'inline', revision: 0, ...quick, graceMs: 86_400_000, late: 'record', rules: [], budgets: { entries: 50_000 } },
      },
    });
    expect(fact!.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(headers.get('traceparent')).toMatch(new RegExp(`^00-${traceId}-`));
    expect(fact!.traceparent).not.toBe(headers.get('traceparent'));
  });

  it('[M-007] takes fields behind the file', async () => {
    const { status } = await form([
      ['file', blob(bytes), 'a.zip'],
      ['product', 'after'],
      ['version', '7'],
      ['policy', JSON.stringify(quick)],
    ]);
    expect(status).toBe(202);
    expect(gateway.facts('ZipUploaded')[0]!.data).toMatchObject({ product: 'after', version: '7', policy: { gapMs: 300 } });
  });

  it('[M-007] takes a raw body with its fields as query and its name in Content-Disposition', async () => {
    const query = new URLSearchParams({ product: '销售集市', version: '8', policy: 'fast' });
    const { status, body } = await raw(bytes, `?${query.toString()}`, {
      'content-disposition': `attachment; filename="raw.zip"; filename*=UTF-8''%E5%8E%9F%E5%A7%8B.zip`,
    });
    expect([status, body.package]).toEqual([202, { fileName: '原始.zip', size: bytes.length, sha256: sha256(bytes) }]);
    expect(gateway.facts('ZipUploaded')[0]!.data).toMatchObject({ product: '销售集市', version: '8', policy: { id: 'fast', participationMs: 2_000 } });
  });

  it('an archive without entries is an archive', async () => {
    expect((await raw(Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'))).status).toBe(202);
  });

  it('[Z-041] tells every fault of an inline policy, of its shape and of its expressions', async () => {
    const policy = JSON.stringify({ gapMs: -1, rules: [{ id: 'A', when: 'size( > 3', status: 'FAILED' }] });
    const { status, body } = await gateway.upload(bytes, { policy });
    expect(status).toBe(400);
    expect(body.errors.map(({ parameter, pointer }: any) => [parameter, pointer])).toEqual([
      ['policy', '/gapMs'],
      ['policy', '/rules/0/when'],
    ]);
    expect(await gateway.stored()).toEqual([]);
  });

  it('[Z-041] freezes a named policy as the definition service knows it now', async () => {
    gateway.definition.say('GET /internal/policies/strict', () => ({ json: { id: 'strict', revision: 4, gapMs: 400 } }));
    expect((await gateway.upload(bytes, { policy: 'strict' })).status).toBe(202);
    expect(gateway.facts('ZipUploaded')[0]!.data['policy']).toMatchObject({ id: 'strict', revision: 4, gapMs: 400, participationMs: 10_000 });
  });
});

describe('an upload that is refused', () => {
  afterEach(async () => {
    expect(await gateway.stored()).toEqual([]);
    expect(gateway.facts('ZipUploaded')).toEqual([]);
  });

  it('[M-007] a form without a file', async () => {
    expect(await form([['product', 'p']])).toMatchObject({ status: 400, body: { code: 'FILE_MISSING', errors: [{ parameter: 'file' }] } });
  });

  it('[M-007] an empty file, as a form and raw', async () => {
    expect(await form([['file', blob(Buffer.alloc(0)), 'a.zip']])).toMatchObject({ status: 400, body: { code: 'FILE_EMPTY' } });
    expect(await raw(Buffer.alloc(0))).toMatchObject({ status: 400, body: { code: 'FILE_EMPTY' } });
  });

  it('[M-007] what does not begin like a zip', async () => {
    expect(await gateway.upload(Buffer.from('SELECT 1;'.repeat(100)))).toMatchObject({ status: 415, body: { code: 'NOT_A_ZIP' } });
    expect(await raw(Buffer.from('%PDF-1.7'))).toMatchObject({ status: 415, body: { code: 'NOT_A_ZIP' } });
    expect(await raw(Buffer.from('PK'))).toMatchObject({ status: 415, body: { code: 'NOT_A_ZIP' } });
  });

  it('[M-007] another kind of body', async () => {
    const asJson = await gateway.call('POST', '/api/v1/gate/tasks', { body: '{}', headers: { 'content-type': 'application/json' } });
    expect(asJson).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    const noBoundary = await gateway.call('POST', '/api/v1/gate/tasks', { body: 'x', headers: { 'content-type': 'multipart/form-data' } });
    expect(noBoundary).toMatchObject({ status: 400, body: { code: 'MALFORMED_FORM' } });
  });

  it('[P-024] unknown fields, in a form and in the query, and a second file', async () => {
    expect((await gateway.upload(bytes, { colour: 'red' })).body).toMatchObject({ status: 400, errors: [{ parameter: 'colour', code: 'UNKNOWN_FIELD' }] });
    expect((await raw(bytes, '?colour=red')).body).toMatchObject({ status: 400, errors: [{ parameter: 'colour' }] });
    const twice = await form([
      ['file', blob(bytes), 'a.zip'],
      ['file', blob(bytes), 'b.zip'],
      ['product', 'p'],
      ['product', 'q'],
    ]);
    expect(twice.body.errors.map(({ parameter, code }: any) => [parameter, code])).toEqual([
      ['file', 'REPEATED_FIELD'],
      ['product', 'REPEATED_FIELD'],
    ]);
  });

  it.each([
    ['a product that begins with a dot', { product: '.hidden' }, 'INVALID_PRODUCT'],
    ['a product with a slash', { product: 'a/b' }, 'INVALID_PRODUCT'],
    ['a product of 101 characters', { product: 'x'.repeat(101) }, 'INVALID_PRODUCT'],
    ['a version of 101 characters', { version: 'v'.repeat(101) }, 'INVALID_VERSION'],
    ['a version with a control character', { version: 'a\u0007b' }, 'INVALID_VERSION'],
    ['an empty version', { version: '' }, 'INVALID_VERSION'],
    ['a policy that is no JSON', { policy: '{"gapMs": ' }, 'MALFORMED_JSON'],
    ['a policy with an unknown field', { policy: '{"gap": 5}' }, 'UNKNOWN_FIELD'],
    ['a policy with a negative window', { policy: '{"gapMs": -1}' }, 'TOO_SMALL'],
    ['a policy with a text for a number', { policy: '{"deadlineMs": "soon"}' }, 'INVALID_TYPE'],
    ['participation longer than the deadline', { policy: '{"participationMs": 9000, "deadlineMs": 500}' }, 'CUSTOM'],
    ['a row that does not parse', { policy: '{"rules": [{"id": "BROKEN", "when": "succeeded >", "status": "FAILED"}]}' }, 'UNEXPECTED_TOKEN'],
    ['an empty policy', { policy: '' }, 'INVALID_POLICY'],
    ['a policy nobody published', { policy: 'no-such-policy' }, 'UNKNOWN_POLICY'],
  ])('[Z-041 P-024] %s, before and behind the file', async (_, fields, code) => {
    const before = await gateway.upload(bytes, fields);
    expect(before).toMatchObject({ status: 400, body: { errors: [{ parameter: Object.keys(fields)[0], code }] } });
    const behind = await form([['file', blob(bytes), 'a.zip'], ...Object.entries(fields)]);
    expect(behind.body.errors).toEqual(before.body.errors);
  });

  it('one entry for each fault, wherever it stands', async () => {
    const { body } = await form([
      ['product', '.x'],
      ['file', blob(Buffer.concat([bytes, Buffer.alloc(300_000)])), 'a.zip'],
      ['version', ''],
      ['policy', '{"gapMs": -1, "lateness": 1}'],
      ['colour', 'red'],
    ]);
    expect(body.errors.map(({ parameter, pointer }: any) => [parameter, pointer])).toEqual([
      ['colour', undefined],
      ['product', undefined],
      ['version', undefined],
      ['policy', '/gapMs'],
      ['policy', '/lateness'],
    ]);
  });

  it('[Z-041] a named policy while the definition service is away; inline and built-in ones need nobody', async () => {
    await gateway.definition.stop();
    const named = await gateway.upload(bytes, { policy: 'strict' });
    expect([named.status, named.body.code, named.headers.get('retry-after')]).toEqual([503, 'DEFINITION_UNAVAILABLE', '2']);
    expect(await gateway.stored()).toEqual([]);
    await gateway.definition.start();
  });

  it('[M-007] too large, told from Content-Length before the body was sent', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/zip', 'content-length': 3_000_000_000 };
      const upload = httpRequest(new URL('/api/v1/gate/tasks', gateway.url), { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        upload.destroy();
      });
      upload.on('error', reject);
      upload.write(bytes);
    });
    expect(status).toBe(413);
  });

  it.each(['raw', 'form'])('[M-007] a %s body that ends in the middle', async (kind) => {
    const boundary = '----cut';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n`;
    const whole = kind === 'form' ? Buffer.concat([Buffer.from(head), bytes, Buffer.alloc(100_000)]) : Buffer.concat([bytes, Buffer.alloc(100_000)]);
    const type = kind === 'form' ? `multipart/form-data; boundary=${boundary}` : 'application/zip';
    await new Promise((resolve) => {
      const headers = { 'content-type': type, 'content-length': whole.length + 50_000 };
      const upload = httpRequest(new URL('/api/v1/gate/tasks', gateway.url), { method: 'POST', headers });
      upload.on('error', resolve);
      upload.write(whole, () => setTimeout(() => upload.destroy(new Error('gone')), 50));
    });
    await sleep(100);
    if (kind === 'form') {
      const complete = await gateway.call('POST', '/api/v1/gate/tasks', { body: whole, headers: { 'content-type': type } });
      expect(complete).toMatchObject({ status: 400, body: { code: 'MALFORMED_FORM' } });
    }
  });

  it('[M-007] more bytes than were announced', async () => {
    await gateway.stop();
    gateway = await new GatewayUnderTest().start({ packageBytesMax: 1_000 });
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield bytes;
      for (let n = 0; n < 20; n++) yield new Uint8Array(1_000);
    }
    const body = new ReadableStream({
      async start(controller) {
        for await (const chunk of endless()) controller.enqueue(chunk);
        controller.close();
      },
    });
    const init = { body, duplex: 'half', headers: { 'content-type': 'application/zip' } } as RequestInit;
    expect(await gateway.call('POST', '/api/v1/gate/tasks', init)).toMatchObject({ status: 413, body: { code: 'PACKAGE_TOO_LARGE' } });
    expect((await gateway.upload(Buffer.concat([bytes, Buffer.alloc(2_000)]))).status).toBe(413);
  });

  it('[P-024 Z-037] in the language asked for', async () => {
    const zh = await form([['product', 'p']], { 'accept-language': 'zh-CN' });
    const en = await form([['product', 'p']], { 'accept-language': 'en' });
    expect(zh.body.detail).toMatch(/[\u4e00-\u9fff]/);
    expect(en.body.detail).not.toMatch(/[\u4e00-\u9fff]/);
    expect(zh.body.code).toBe(en.body.code);
  });
});

describe('[Z-038 E-044] an upload that is sent again', () => {
  const again = (key: string, content = bytes, product = 'replay') => gateway.upload(content, { product }, { 'idempotency-key': key });

  it('gives the same answer, and one task', async () => {
    const [first, second] = [await again('same'), await again('same')];
    expect([first.status, second.status, second.text]).toEqual([202, 202, first.text]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect([first.headers.get('idempotent-replay'), second.headers.get('idempotent-replay')]).toEqual([null, 'true']);
    expect(gateway.facts('ZipUploaded')).toHaveLength(1);
    expect(await gateway.stored()).toEqual([`tasks/${first.body.taskId}/package.zip`]);
  });

  it('also when all arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => again('race')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replay') !== 'true')).toHaveLength(1);
    expect(gateway.facts('ZipUploaded')).toHaveLength(1);
    expect(await gateway.stored()).toHaveLength(1);
  });

  it('is refused with another file or another field', async () => {
    await again('other');
    expect(await again('other', zipLike('something else'))).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await again('other', bytes, 'elsewhere')).toMatchObject({ status: 422 });
    expect(await gateway.stored()).toHaveLength(1);
  });

  it('[Z-038] takes keys of 1 to 255 characters', async () => {
    expect(await again('x'.repeat(256))).toMatchObject({ status: 400, body: { errors: [{ parameter: 'Idempotency-Key' }] } });
    expect((await again('x'.repeat(255))).status).toBe(202);
  });

  it('without a key, two uploads are two tasks', async () => {
    const [one, two] = [await gateway.upload(bytes), await gateway.upload(bytes)];
    expect(one.body.taskId).not.toBe(two.body.taskId);
  });
});
