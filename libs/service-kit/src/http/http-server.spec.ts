import { Telemetry } from '@tributary/telemetry';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { silentLog } from '../log';
import { createMetrics } from '../metrics';
import { type HttpServer, serve } from './http-server';
import { openApi } from './openapi';
import { Problem } from './problem';
import { pageQuery, route } from './route';

const routes = [
  route(
    {
      method: 'GET',
      path: '/things/{id}',
      summary: { en: 'a thing', zh: '一个' },
      query: z.strictObject({ ...pageQuery }),
      responses: { 200: { says: 'it', schema: z.object({ id: z.string() }) } },
    },
    async ({ params, query }) => ({ status: 200, body: { id: params['id'], limit: query.limit } }),
  ),
  route(
    { method: 'PUT', path: '/things/{id}', summary: { en: 'set', zh: '设置' }, body: z.strictObject({ n: z.number() }), responses: { 200: { says: 'done' } } },
    async ({ body }) => ({ status: 200, body }),
  ),
  route({ method: 'GET', path: '/broken', summary: { en: 'breaks', zh: '坏' }, responses: {} }, async () => {
    throw new Error('secret inside');
  }),
  route({ method: 'GET', path: '/refused', summary: { en: 'refuses', zh: '拒' }, responses: {} }, async () => {
    throw new Problem(409, 'TAKEN', { en: 'It is taken.', zh: '已被占用。' }, { headers: { 'x-hint': '1' } });
  }),
];

/** Resolves with all that the server says until it closes the connection. */
const conversation = async (port: number, lines: readonly string[], rest: readonly string[] = []): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  const said: string[] = [];
  socket.on('data', (chunk) => said.push(chunk.toString()));
  socket.write(lines.join('\r\n'));
  for (const part of rest) {
    await sleep(60);
    socket.write(part);
  }
  await once(socket, 'close');
  return said.join('');
};

let server: HttpServer;
let missing: string[] = [];
beforeAll(async () => {
  server = await serve({
    service: 'test',
    routes,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    telemetry: new Telemetry({ service: 'test', version: '0', instance: 'x' }),
    metrics: createMetrics('test'),
    missing: async () => missing,
  });
});
afterAll(() => server.close(1_000));

const call = async (path: string, init: RequestInit = {}): Promise<{ status: number; headers: Headers; body: any }> => {
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
};

it('[P-047] is alive, ready or says what is missing, and measured', async () => {
  expect((await call('/healthz')).status).toBe(200);
  expect((await call('/readyz')).status).toBe(200);
  missing = ['the database'];
  expect(await call('/readyz')).toMatchObject({ status: 503, body: { missing: ['the database'] } });
  missing = [];
  expect((await call('/metrics')).body).toMatch(/^# TYPE tributary_http_request_seconds histogram/m);
});

it('[P-024] validates the query and names the parameter', async () => {
  expect((await call('/things/a?limit=3')).body).toEqual({ id: 'a', limit: 3 });
  for (const [query, parameter] of [
    ['limit=0', 'limit'],
    ['limit=ten', 'limit'],
    ['colour=red', 'colour'],
    ['limit=1&limit=2', 'limit'],
  ]) {
    const { status, body } = await call(`/things/a?${query}`);
    expect([status, body.errors[0].parameter]).toEqual([400, parameter]);
  }
  expect((await call('/broken?x=1')).body.errors[0].parameter).toBe('x');
});

it('[P-024] validates the body, names the place', async () => {
  const put = (text: string): ReturnType<typeof call> => call('/things/a', { method: 'PUT', body: text });
  expect((await put('{"n":1}')).body).toEqual({ n: 1 });
  expect((await put('{"n":"x","m":2}')).body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/m', '/n']);
  expect((await put('{"n":')).body).toMatchObject({ code: 'MALFORMED_JSON', errors: [{ line: 1 }] });
  expect((await put('')).body).toMatchObject({ code: 'MALFORMED_JSON', errors: [{ line: 1, column: 1 }] });
});

it('[P-024] speaks the language asked for; the code stays', async () => {
  const zh = await call('/refused', { headers: { 'accept-language': 'zh-CN,en;q=0.5' } });
  const en = await call('/refused', { headers: { 'accept-language': 'zh;q=0.1,en' } });
  expect([zh.body.detail, en.body.detail, zh.body.code, en.status, en.headers.get('x-hint')]).toEqual(['已被占用。', 'It is taken.', 'TAKEN', 409, '1']);
});

it('says every fault in the language that was asked for, and what was received', async () => {
  const inChinese = { 'accept-language': 'zh-CN' };
  const wrong = { method: 'PUT', body: JSON.stringify({ n: 'many', more: 1 }) };
  const said = async (headers: Record<string, string>, init: RequestInit): Promise<string[]> => {
    const { body } = await call('/things/1', { ...init, headers });
    return body.errors.map(({ code, message }: { code: string; message: string }) => `${code}: ${message}`);
  };
  expect(await said(inChinese, wrong)).toEqual(['INVALID_TYPE: 无效输入：期望 数字，实际接收 string', 'UNKNOWN_FIELD: 未知字段：more']);
  expect(await said({}, wrong)).toEqual(['INVALID_TYPE: Invalid input: expected number, received string', 'UNKNOWN_FIELD: nobody reads more']);
  expect((await call('/things/1?limit=0', { headers: inChinese })).body.errors[0].message).toMatch(/^数值过小/);
});

it('404 and 405 are problems, the latter with Allow', async () => {
  expect(await call('/nowhere')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  const refused = await call('/things/a', { method: 'DELETE' });
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, PUT']);
});

it('[P-024] a path that cannot be decoded is a problem, too', async () => {
  expect(await call('/things/%ff')).toMatchObject({ status: 400, body: { code: 'MALFORMED_PATH' } });
});

it('keeps idle connections longer than clients do', async () => {
  expect((await call('/healthz')).headers.get('keep-alive')).toBe('timeout=75');
});

it('gives a body up of which nothing more comes, and waits for one that is slow', async () => {
  const impatient = await serve({
    service: 'impatient',
    routes,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    telemetry: new Telemetry({ service: 'test', version: '0', instance: 'x' }),
    metrics: createMetrics('impatient'),
    missing: () => Promise.resolve([]),
    silentMsMax: 100,
  });
  try {
    const head = ['PUT /things/a HTTP/1.1', 'host: x', 'content-length: 8', '', ''];
    const silent = await conversation(impatient.port, [...head.slice(0, -1), '{"n"']);
    expect(silent).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close[\s\S]*"code":"REQUEST_TIMEOUT"/i);
    const slow = await conversation(impatient.port, [...head.slice(0, 2), 'connection: close', ...head.slice(2)], ['{"', 'n"', ':1', '0}']);
    expect(slow).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"n":10\}$/);
  } finally {
    await impatient.close(1_000);
  }
});

it('an unexpected error tells no detail but the trace', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const { status, body, headers } = await call('/broken', { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('secret');
  expect(body.traceId).toBe(traceId);
  expect(headers.get('traceparent')).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
});

it('describes itself', () => {
  expect(openApi(routes, { title: 't', version: '1', description: 'd' })).toMatchObject({
    openapi: '3.1.0',
    paths: { '/things/{id}': { get: { parameters: [{ name: 'id' }, { name: 'limit' }, { name: 'cursor' }] } } },
  });
});
