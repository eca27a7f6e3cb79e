import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayUnderTest, zipLike } from '../testing/gateway-under-test';

let gateway: GatewayUnderTest;
beforeEach(async () => {
  gateway = await new GatewayUnderTest().start();
});
afterEach(() => gateway.stop());

const unknown = '0198a2f0-0000-7000-8000-00000000dead';
const tasks = '/api/v1/gate/tasks';
const uploaded = async (fields = {}): Promise<string> => (await gateway.upload(zipLike('x'), fields)).body.taskId;

describe('[Z-003 C-10] a task that the coordinator has not heard of yet', () => {
  it('is told from the upload', async () => {
    const policy = { participationMs: 2_000, gapMs: 300, deadlineMs: 60_000, graceMs: 5_000 };
    const taskId = await uploaded({ product: 'sales', version: '1', policy: JSON.stringify(policy) });
    const { status, body } = await gateway.call('GET', `${tasks}/${taskId}`);
    const openedAt = Date.parse(body.window.openedAt);
    expect(status).toBe(200);
    expect(body).toMatchObject({ taskId, status: 'INIT', revision: 0, product: 'sales', version: '1', round: 1, observedTypes: [], participants: [] });
    expect(body.window).toEqual({
      ...policy,
      openedAt: body.createdAt,
      participationEndsAt: new Date(openedAt + 2_000).toISOString(),
      deadlineAt: new Date(openedAt + 60_000).toISOString(),
      pausedMs: 0,
    });
    expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['zh-CN', /窗口尚未打开/],
    ['en', /not open yet/],
  ])('is explained in %s', async (language, text) => {
    const { body } = await gateway.call('GET', `${tasks}/${await uploaded()}/explanation`, { headers: { 'accept-language': language } });
    expect(body).toMatchObject({ status: 'INIT', revision: 0, witness: [], participants: [], conflicts: [], counterfactuals: [] });
    expect(body.text).toMatch(text);
  });

  it('is announced to the coordinator, so that a cancel right behind the 202 is not lost', async () => {
    const taskId = await uploaded();
    gateway.coordinator.say(`POST ${tasks}/${taskId}/cancel`, () => ({ status: 202, json: { taskId } }));
    const { status } = await gateway.call('POST', `${tasks}/${taskId}/cancel`, { body: '{"reason":"wrong file"}' });
    expect(status).toBe(202);
    const heard = gateway.coordinator.last();
    expect(heard.headers).toMatchObject({ 'x-tributary-announced': 'true', 'x-tributary-actor': 'anonymous' });
    expect(JSON.parse(heard.body)).toEqual({ reason: 'wrong file' });
  });

  it('cannot be scanned again yet', async () => {
    expect(await gateway.call('POST', `${tasks}/${await uploaded()}/rescan`)).toMatchObject({ status: 409, body: { code: 'ROUND_OPEN' } });
  });
});

describe('[P-024] a task that nobody uploaded', () => {
  it.each(['', '/explanation', '/facts', '/events', '/verdict'])('has no %s', async (part) => {
    expect(await gateway.call('GET', `${tasks}/${unknown}${part}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(gateway.coordinator.last().headers['x-tributary-announced']).toBeUndefined();
  });

  it('can neither be cancelled nor scanned again', async () => {
    for (const action of ['cancel', 'rescan']) expect((await gateway.call('POST', `${tasks}/${unknown}/${action}`)).status).toBe(404);
  });

  it('is not asked for when its id is none', async () => {
    expect(await gateway.call('GET', `${tasks}/not-an-id`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(gateway.coordinator.heard).toEqual([]);
  });
});

describe('what the coordinator says', () => {
  it('is handed on as it is, problem documents included', async () => {
    const taskId = await uploaded();
    const problem = { type: 'urn:tributary:problem:closed', title: 'Closed', status: 409, detail: 'It is closed.', code: 'WINDOW_CLOSED', traceId: 'abc' };
    gateway.coordinator.say(`GET ${tasks}/${taskId}`, () => ({ json: { taskId, status: 'SUCCESS' } }));
    gateway.coordinator.say(`POST ${tasks}/${taskId}/cancel`, () => ({ status: 409, json: problem }));
    expect((await gateway.call('GET', `${tasks}/${taskId}`)).body).toEqual({ taskId, status: 'SUCCESS' });
    const refused = await gateway.call('POST', `${tasks}/${taskId}/cancel`);
    expect([refused.status, refused.body, refused.headers.get('content-type')]).toEqual([409, problem, 'application/problem+json']);
  });

  it('is asked for in the language and the trace of the caller', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    gateway.coordinator.say(`GET ${tasks}`, () => ({ json: { items: [] } }));
    const headers = { 'accept-language': 'zh-CN', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    await gateway.call('GET', `${tasks}?product=${encodeURIComponent('销售')}&status=FAILED&limit=7`, { headers });
    const heard = gateway.coordinator.last();
    expect([heard.headers['accept-language'], new URLSearchParams(heard.query).get('product')]).toEqual(['zh-CN', '销售']);
    expect(new URLSearchParams(heard.query).get('limit')).toBe('7');
    expect(heard.headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-`));
  });

  it('while it is away is a 503', async () => {
    await gateway.coordinator.stop();
    const { status, body, headers } = await gateway.call('GET', tasks);
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'COORDINATOR_UNAVAILABLE', '2']);
    expect(await gateway.call('GET', '/readyz')).toMatchObject({ status: 503, body: { missing: ['the coordinator'] } });
    await gateway.coordinator.start();
  });

  it('[P-024] is not asked for with impossible queries', async () => {
    for (const query of ['colour=red', 'limit=0', 'limit=501', 'limit=ten', 'cursor=%00nonsense', 'status=GREEN']) {
      const { status, body } = await gateway.call('GET', `${tasks}?${query}`);
      expect([status, body.errors[0].parameter]).toEqual([400, query.split('=')[0]]);
    }
    expect(gateway.coordinator.heard).toEqual([]);
  });

  it('[P-024] is not asked for with methods that a path does not have', async () => {
    const { status, headers } = await gateway.call('DELETE', tasks);
    expect([status, headers.get('allow')]).toEqual([405, 'POST, GET']);
  });
});

describe('[P-040] the stream of a task', () => {
  it('comes as it is told, resumes where it was left, and ends with the coordinator', async () => {
    const taskId = await uploaded();
    gateway.coordinator.say(`GET ${tasks}/${taskId}/events`, () => ({
      headers: { 'content-type': 'text/event-stream' },
      stream: (response) => {
        response.write('id: 1\ndata: {}\n\n');
        setTimeout(() => response.end('id: 2\ndata: {}\n\n'), 150);
      },
    }));
    const response = await fetch(`${gateway.url}${tasks}/${taskId}/events?follow=true`, { headers: { 'last-event-id': '7' } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value).toString()).toBe('id: 1\ndata: {}\n\n');
    expect(Buffer.from((await reader.read()).value).toString()).toBe('id: 2\ndata: {}\n\n');
    expect((await reader.read()).done).toBe(true);
    expect(gateway.coordinator.last()).toMatchObject({ query: '?follow=true', headers: { 'last-event-id': '7', 'x-tributary-announced': 'true' } });
  });

  it('is let go upstream when the client goes', async () => {
    const taskId = await uploaded();
    let closed = false;
    gateway.coordinator.say(`GET ${tasks}/${taskId}/events`, () => ({
      headers: { 'content-type': 'text/event-stream' },
      stream: (response) => {
        response.write(': hello\n\n');
        response.once('close', () => (closed = true));
      },
    }));
    const leave = new AbortController();
    const response = await fetch(`${gateway.url}${tasks}/${taskId}/events`, { signal: leave.signal });
    await response.body!.getReader().read();
    leave.abort();
    await sleep(100);
    expect(closed).toBe(true);
  });

  it('breaks off with the coordinator: a torn stream does not look like an end', async () => {
    const taskId = await uploaded();
    gateway.coordinator.say(`GET ${tasks}/${taskId}/events`, () => ({
      headers: { 'content-type': 'text/event-stream' },
      stream: (response) => {
        response.write('id: 1\ndata: {}\n\n');
        setTimeout(() => response.destroy(), 50);
      },
    }));
    const response = await fetch(`${gateway.url}${tasks}/${taskId}/events`);
    await expect(response.text()).rejects.toThrow();
  });

  it('ends in good order when the gateway stops', async () => {
    const taskId = await uploaded();
    gateway.coordinator.say(`GET ${tasks}/${taskId}/events`, () => ({
      headers: { 'content-type': 'text/event-stream' },
      stream: (response) => void response.write('id: 1\ndata: {}\n\n'),
    }));
    const response = await fetch(`${gateway.url}${tasks}/${taskId}/events`);
    const text = response.text();
    const began = performance.now();
    await gateway.stop();
    expect(await text).toBe('id: 1\ndata: {}\n\n');
    expect(performance.now() - began).toBeLessThan(3_000);
    gateway = await new GatewayUnderTest().start();
  });
});
