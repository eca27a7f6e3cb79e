/** What the coordinator answers, over real HTTP; its tasks live in virtual time. */
import { sha256Hex } from '@tributary/facts';
import { createMetrics, cursorOf, type HttpServer, serve, silentLog } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { setTimeout as sleep } from 'node:timers/promises';
import { gateRoutes } from './routes';
import { completed, declined, failed, started, uploaded } from './testing/gate-facts';
import { type Process, VirtualWorld } from './testing/virtual-world';

const windows = { participationMs: 2_000, gapMs: 500, deadlineMs: 20_000 };
const base = '/api/v1/gate/tasks';

describe('the routes of the coordinator', () => {
  let world: VirtualWorld;
  let process: Process;
  let server: HttpServer;
  beforeEach(async () => {
    world = new VirtualWorld();
    process = await world.start();
    const { coordinator, signals } = process;
    server = await serve({
      ...{ service: 'coordinator', host: '127.0.0.1', port: 0, log: silentLog, metrics: createMetrics('coordinator') },
      telemetry: new Telemetry({ service: 'coordinator', version: '0', instance: 'x' }),
      missing: () => Promise.resolve([]),
      routes: gateRoutes({ memory: world.memory, signals, requests: coordinator.requests }),
    });
  });
  afterEach(async () => {
    await server.close(500);
    await world.end();
  });

  const call = async (path: string, init: RequestInit = {}): Promise<{ status: number; headers: Headers; text: string; body: any }> => {
    const response = await fetch(`${server.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  };
  const get = async (path: string, headers: Record<string, string> = {}): Promise<any> => (await call(path, { headers })).body;
  const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
    call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const converged = async (taskId: string, version = '1'): Promise<void> => {
    await world.tell(uploaded(taskId, windows, 'shop', version), started(taskId, 'SQL'), declined(taskId, 'EXCEL'), completed(taskId, 'SQL'));
    await world.pass(2_600);
  };

  it('answers a task, its explanation in the language asked for, and the canonical bytes behind its hash', async () => {
    await converged('t1');
    const task = await get(`${base}/t1`);
    expect(task).toMatchObject({
      taskId: 't1',
      status: 'SUCCESS',
      revision: 1,
      product: 'shop',
      observedTypes: ['SQL'],
      window: { closedBy: 'QUIET', pausedMs: 0 },
    });
    const [english, chinese] = [
      await get(`${base}/t1/explanation`, { 'accept-language': 'en' }),
      await get(`${base}/t1/explanation`, { 'accept-language': 'zh-CN' }),
    ];
    expect([english.rule.id, chinese.rule.id]).toEqual(['ALL_SUCCEEDED', 'ALL_SUCCEEDED']);
    expect(chinese.text).toMatch(/\p{Script=Han}/u);
    expect(english.text).not.toMatch(/\p{Script=Han}/u);
    const { text, headers } = await call(`${base}/t1/verdict`);
    expect(sha256Hex(text)).toBe(task.verdictHash);
    expect(headers.get('etag')).toBe(`"${task.verdictHash}"`);
    expect((await call(`${base}/t1/verdict?revision=2`)).status).toBe(404);
  });

  it('[Z-037] explains an open window: what is known, and what it waits for', async () => {
    await world.tell(uploaded('t1', windows), started('t1', 'SQL'));
    const open = await get(`${base}/t1/explanation`);
    expect(open).toMatchObject({ status: 'RUNNING', revision: 0 });
    expect(open.rule).toBeUndefined();
    expect(open.closed).toBeUndefined();
    expect(open.waitsFor.length).toBeGreaterThan(0);
  });

  it('refuses what it does not know in the language asked for', async () => {
    const missing = await call(`${base}/nobody`, { headers: { 'accept-language': 'zh-CN' } });
    expect([missing.status, missing.body.code]).toEqual([404, 'TASK_NOT_FOUND']);
    expect(missing.body.detail).toMatch(/不存在/);
    for (const path of [
      `${base}?colour=red`,
      `${base}?limit=0`,
      `${base}?status=GREAT`,
      `${base}?cursor=nonsense`,
      '/api/v1/gate/products?product=shop',
      '/api/v1/gate/products?cursor=x',
    ])
      expect((await call(path)).status).toBe(400);
    await converged('t1');
    for (const cursor of [cursorOf({ n: 'x' }), cursorOf({ n: 1.5 }), cursorOf({ at: 'x' })])
      expect((await call(`${base}/t1/facts?cursor=${cursor}`)).status).toBe(400);
    for (const cursor of [cursorOf({ at: 'yesterday', id: 'x' }), cursorOf({ n: 1 })]) expect((await call(`${base}?cursor=${cursor}`)).status).toBe(400);
    expect((await call(`${base}/t1/events`, { headers: { 'last-event-id': 'x' } })).status).toBe(400);
  });

  it('pages through tasks, versions and facts; a page has no holes and no repeats while others are added', async () => {
    for (let n = 0; n < 5; n++) await converged(`t${n}`, `v${n % 3}`);
    const walk = async (path: string, between: () => Promise<void> = () => Promise.resolve()): Promise<any[]> => {
      const items: any[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const page: { items: any[]; nextCursor?: string } = await get(`${path}?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
        expect(page.items.length).toBeLessThanOrEqual(2);
        items.push(...page.items);
        cursor = page.nextCursor;
        await between();
      }
      return items;
    };
    expect((await walk(base)).map(({ taskId }) => taskId)).toEqual(['t4', 't3', 't2', 't1', 't0']);
    const versions = await walk('/api/v1/gate/products/shop/versions');
    expect(versions.map(({ version, taskId }) => `${version} ${taskId}`)).toEqual(['v1 t4', 'v0 t3', 'v2 t2']);
    await world.tell(uploaded('t9', windows, 'depot', 'v1'));
    const products = await walk('/api/v1/gate/products');
    expect(products.map(({ product, versions, latest }) => `${product} ${versions} ${latest.version} ${latest.taskId} ${latest.status}`)).toEqual([
      'depot 1 v1 t9 INIT',
      'shop 3 v1 t4 SUCCESS',
    ]);
    expect(Date.parse(products[0].latest.createdAt)).not.toBeNaN();
    let n = 0;
    const facts = await walk(`${base}/t0/facts`, async () => {
      if (n++ < 3) await world.tell(failed('t0', `LATE${n}`));
    });
    const ids = facts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual((await world.memory.facts('t0', 0, 100)).map(({ fact }) => fact.id));
    expect(facts.filter(({ late }) => late)).toHaveLength(3);
  });

  it('[C-10 C-08] takes cancel and rescan: 202, 409, 404; who asked is in the fact', async () => {
    await world.tell(uploaded('t1', windows));
    expect((await post(`${base}/t1/rescan`)).status).toBe(409);
    const cancelled = await post(`${base}/t1/cancel`, { reason: 'wrong file' }, { 'x-tributary-actor': 'ann' });
    expect([cancelled.status, cancelled.body]).toEqual([202, { taskId: 't1', status: 'INIT' }]);
    await world.pass(10);
    const { fact } = (await world.memory.facts('t1', 0, 100)).find((entry) => entry.fact.type === 'CancelRequested')!;
    expect(fact).toMatchObject({ actor: 'ann', data: { by: 'ann', reason: 'wrong file' } });
    expect((await post(`${base}/t1/cancel`)).body).toMatchObject({ status: 409, code: 'WINDOW_CLOSED' });
    expect((await post(`${base}/nobody/cancel`)).status).toBe(404);
    expect((await post(`${base}/nobody/cancel`, {}, { 'x-tributary-announced': 'true' })).status).toBe(202);
    expect((await post(`${base}/t1/cancel`, { colour: 'red' })).status).toBe(400);
    for (const replayed of [null, 'true']) {
      const { body, headers } = await post(`${base}/t1/rescan`, {}, { 'idempotency-key': 'k' });
      expect([body, headers.get('idempotent-replay')]).toEqual([{ taskId: 't1', status: 'CANCELLED', round: 2 }, replayed]);
    }
    expect((await post(`${base}/t1/rescan`, {}, { 'idempotency-key': 'k'.repeat(256) })).body).toMatchObject({ status: 400, code: 'INVALID_IDEMPOTENCY_KEY' });
    await world.pass(5);
    expect(await get(`${base}/t1`)).toMatchObject({ round: 1, openRound: { round: 2, window: { pausedMs: 0 } } });
  });

  it('streams facts as they are recorded, resumes behind Last-Event-ID, and ends after the verdict', async () => {
    await world.tell(uploaded('t1', windows));
    const streaming = call(`${base}/t1/events`);
    await sleep(50);
    await world.tell(started('t1', 'SQL'), completed('t1', 'SQL'));
    await sleep(20);
    await world.pass(2_600);
    const { headers, text } = await streaming;
    expect(headers.get('content-type')).toContain('text/event-stream');
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
    const types = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => (JSON.parse(data!) as { type: string }).type);
    expect(types).toEqual(['ZipUploaded', 'MainTaskCreated', 'SubTaskStarted', 'SubTaskCompleted', 'WindowClosed', 'MainTaskConverged']);
    const resumed = await call(`${base}/t1/events`, { headers: { 'last-event-id': '4' } });
    expect([...resumed.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual([5, 6]);
    expect((await call(`${base}/nobody/events`)).status).toBe(404);
  });

  it('keeps a stream open for who follows, until the reader goes', async () => {
    await converged('t1');
    const reader = new AbortController();
    const response = await fetch(`${server.url}${base}/t1/events?follow=true`, { signal: reader.signal });
    const decoder = new TextDecoder();
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body!) text += decoder.decode(chunk as Uint8Array, { stream: true });
    })().catch(() => undefined);
    await sleep(50);
    await world.tell(failed('t1', 'TARDY'));
    await sleep(50);
    expect(text).toContain('"late":true');
    reader.abort();
    await reading;
  });
});
