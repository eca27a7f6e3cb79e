/** When following waits, gives up, and ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, ApiProblem, type Connection, type FollowOptions, type Pace, type PositionedFact, realPace } from './index';
import { ImpatientPace, json, Ledger, problem, type ScriptedServer, startScriptedServer, taskId, taskWith } from './testing/scripted-server';

const ledger = new Ledger(3);

describe('following a task', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer(() => undefined);
  });
  afterEach(() => server.stop());

  async function followed(options: FollowOptions = {}, pace: Pace = new ImpatientPace()): Promise<PositionedFact[]> {
    const got: PositionedFact[] = [];
    for await (const each of new ApiClient({ baseUrl: server.url, pace }).follow(taskId, options)) got.push(each);
    return got;
  }

  function stream(response: { writeHead: (status: number, headers: Record<string, string>) => { write: (bytes: Buffer) => boolean } }, bytes: Buffer): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(bytes);
  }

  it.each([400, 401, 403, 404, 410])('gives up on %d, which no waiting changes', async (status) => {
    server.handle((_, response) => {
      json(response, status, problem(status, 'NO'));
    });
    const refused = await followed().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect((refused as ApiProblem).status).toBe(status);
    expect(server.heard).toHaveLength(1);
  });

  it('waits as long as a busy server asks, and twice as long after every failure until a fact comes', async () => {
    let tries = 0;
    server.handle((request, response) => {
      if (!request.url?.includes('/events')) json(response, 200, ledger.task);
      else if (++tries <= 4) json(response, tries === 2 ? 429 : 503, problem(503, 'BUSY'), tries === 2 ? { 'retry-after': '7' } : {});
      else {
        stream(response, ledger.bytesAfter(0));
        response.end();
      }
    });
    const pace = new ImpatientPace();
    const seen: [Connection, number][] = [];
    await followed({ onConnection: (state, attempt) => seen.push([state, attempt]) }, pace);
    expect(pace.waits).toEqual([188, 7_000, 750, 1_500]);
    expect(seen).toEqual([...[1, 2, 3, 4].map((n) => ['reconnecting', n]), ['live', 5]]);
  });

  it('takes a connection that says nothing for lost', async () => {
    let tries = 0;
    const gone: number[] = [];
    server.handle((request, response) => {
      if (!request.url?.includes('/events')) json(response, 200, ledger.task);
      else if (++tries === 1) {
        stream(response, ledger.bytesAfter(0).subarray(0, 30));
        response.once('close', () => gone.push(1));
      } else {
        stream(response, ledger.bytesAfter(0));
        response.end();
      }
    });
    const errors: unknown[] = [];
    const got = await followed({ silenceMsMax: 100, onConnection: (_, __, error) => error !== undefined && errors.push(error) }, realPace);
    expect(got).toHaveLength(3);
    expect(errors.map((error) => (error as { code?: string }).code)).toEqual(['SILENT']);
    expect(gone).toEqual([1]);
  });

  it('goes on when a server that is being stopped ends the stream before the verdict', async () => {
    let tries = 0;
    server.handle((request, response) => {
      if (!request.url?.includes('/events')) json(response, 200, tries === 1 ? taskWith('RUNNING', 0) : ledger.task);
      else {
        const asked = Number(request.headers['last-event-id'] ?? 0);
        const bytes = ledger.bytesAfter(asked);
        stream(response, ++tries === 1 ? bytes.subarray(0, bytes.indexOf('id: 2')) : bytes);
        response.end();
      }
    });
    expect(await followed()).toHaveLength(3);
    expect(tries).toBe(2);
  });

  it('ends where nothing is left behind a position that was seen before', async () => {
    server.handle((request, response) => {
      if (!request.url?.includes('/events')) json(response, 200, ledger.task);
      else {
        expect(request.headers['last-event-id']).toBe('3');
        stream(response, ledger.bytesAfter(3));
        response.end();
      }
    });
    expect(await followed({ after: '3' })).toEqual([]);
  });

  it('with follow it goes on after the verdict until it is aborted, and lets the connection go', async () => {
    let closed = 0;
    server.handle((_, response) => {
      stream(response, ledger.bytesAfter(0));
      response.once('close', () => closed++);
    });
    const ending = new AbortController();
    const got: PositionedFact[] = [];
    for await (const each of new ApiClient({ baseUrl: server.url }).follow(taskId, { follow: true, signal: ending.signal })) {
      got.push(each);
      if (got.length === 3) setTimeout(() => { ending.abort(); }, 20); // prettier-ignore
    }
    await sleep(50);
    expect([got.length, closed]).toEqual([3, 1]);
    expect(server.heard).toEqual([`GET /api/v1/gate/tasks/${taskId}/events?follow=true`]);
  });

  it('lets the connection go when its reader stops reading', async () => {
    let closed = 0;
    server.handle((_, response) => {
      stream(response, ledger.bytesAfter(0));
      response.once('close', () => closed++);
    });
    for await (const each of new ApiClient({ baseUrl: server.url }).follow(taskId)) if (each.position === '2') break;
    await sleep(50);
    expect(closed).toBe(1);
  });

  it('somebody else behind the address is not asked for ever', async () => {
    server.handle((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
    });
    await expect(followed()).rejects.toMatchObject({ name: 'StrangeAnswer', status: 200 });
  });
});
