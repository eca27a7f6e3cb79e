/** Calls: what is asked, what comes back, and what each kind of failure says. */
import {
  comparisonShape,
  deadLetterShape,
  explanationShape,
  factShape,
  findingShape,
  policyShape,
  productShape,
  productVersionShape,
  ruleShape,
  taskShape,
} from '@tributary/http-api';
import { ApiClient, ApiProblem, isPassing, items, StrangeAnswer, Unreachable } from './index';
import { needs } from './documents';
import { factNumber, json, problem, type ScriptedServer, startScriptedServer, taskId, taskWith } from './testing/scripted-server';

describe('the client of the API', () => {
  let server: ScriptedServer;
  let client: ApiClient;
  beforeEach(async () => {
    server = await startScriptedServer(() => undefined);
    client = new ApiClient({ baseUrl: `${server.url}/` });
  });
  afterEach(() => server.stop());

  it('keeps members that it does not know', async () => {
    server.handle((_, response) => {
      json(response, 200, taskWith('SUCCESS', 1, { mood: 'good' }));
    });
    expect(await client.task(taskId)).toMatchObject({ status: 'SUCCESS', mood: 'good' });
  });

  it('asks for what is wanted and leaves out what is not', async () => {
    server.handle((_, response) => {
      json(response, 200, { items: [] });
    });
    await client.tasks({ product: '零售', status: undefined, limit: 5 });
    await client.findings(taskId, { path: 'a b.sql' });
    await client.versions('a/b');
    expect(server.heard).toEqual([
      'GET /api/v1/gate/tasks?product=%E9%9B%B6%E5%94%AE&limit=5',
      `GET /api/v1/gate/tasks/${taskId}/findings?path=a+b.sql`,
      'GET /api/v1/gate/products/a%2Fb/versions',
    ]);
  });

  it('reads a part of a package, and takes nothing else for it', async () => {
    server.handle((request, response) => {
      const whole = request.headers.range !== 'bytes=2-4';
      response.writeHead(whole ? 200 : 206).end(whole ? 'abcdefg' : 'cde');
    });
    expect(Buffer.from(await client.packageBytes(taskId, { start: 2, end: 5 })).toString()).toBe('cde');
    await expect(client.packageBytes(taskId, { start: 0, end: 1 })).rejects.toBeInstanceOf(StrangeAnswer);
  });

  it('reads a list to its end, page by page', async () => {
    server.handle((request, response) => {
      const cursor = new URL(request.url ?? '', server.url).searchParams.get('cursor');
      json(response, 200, cursor === null ? { items: [factNumber(1), factNumber(2)], nextCursor: 'c' } : { items: [factNumber(3)] });
    });
    const ids: unknown[] = [];
    for await (const fact of items((page) => client.facts(taskId, page))) ids.push(fact.data['n']);
    expect(ids).toEqual([1, 2, 3]);
    expect(server.heard).toEqual([`GET /api/v1/gate/tasks/${taskId}/facts?limit=500`, `GET /api/v1/gate/tasks/${taskId}/facts?limit=500&cursor=c`]);
  });

  it('[P-024] a refusal carries the problem document, and when to come again', async () => {
    server.handle((_, response) => {
      json(response, 503, problem(503, 'UNAVAILABLE', { errors: [{ line: 3, code: 'X', message: 'm' }] }), { 'retry-after': '2' });
    });
    const refused = (await client.task(taskId).catch((error: unknown) => error)) as ApiProblem;
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ status: 503, code: 'UNAVAILABLE', retryAfterMs: 2_000, problem: { errors: [{ line: 3 }] } });
    expect(isPassing(refused)).toBe(true);
  });

  it.each([
    ['a page of another program', 200, 'text/html', '<h1>It works!</h1>'],
    ['JSON of another program', 200, 'application/json', '{"hello":"world"}'],
    ["a proxy's refusal", 502, 'text/html', '<h1>Bad Gateway</h1>'],
  ])('%s is a strange answer', async (_, status, type, body) => {
    server.handle((__, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    const strange = (await client.task(taskId).catch((error: unknown) => error)) as StrangeAnswer;
    expect(strange).toBeInstanceOf(StrangeAnswer);
    expect(isPassing(strange)).toBe(status >= 500);
  });

  it('an answer that breaks off is no answer', async () => {
    server.handle((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"taskId":');
      setTimeout(() => response.destroy(), 10);
    });
    await expect(client.task(taskId)).rejects.toBeInstanceOf(Unreachable);
  });

  it('says why nobody answered', async () => {
    await server.stop();
    await expect(client.task(taskId)).rejects.toMatchObject({
      name: 'Unreachable',
      code: 'ECONNREFUSED',
      url: `${server.url}/api/v1/gate/tasks/${taskId}`,
    });
  });

  it("rejects with the caller's own reason", async () => {
    const ending = new AbortController();
    server.handle(() => {
      ending.abort(new Error('enough'));
    });
    await expect(client.task(taskId, { signal: ending.signal })).rejects.toThrow('enough');
  });

  it('not being ready is an answer that names what is missing', async () => {
    server.handle((_, response) => {
      json(response, 503, { status: 'not ready', missing: ['the database'] }, { date: 'Thu, 01 Jan 2026 00:00:00 GMT' });
    });
    expect(await client.ready()).toEqual({ ready: false, missing: ['the database'], serverTimeMs: Date.UTC(2026, 0, 1) });
  });

  it('a policy comes with what it takes to change it, and a change says what it has seen', async () => {
    const policy = { id: 'p', revision: 2, participationMs: 1, gapMs: 1, deadlineMs: 1, rules: [] };
    const seen: unknown[] = [];
    server.handle((request, response) => {
      seen.push(request.headers['if-match']);
      json(response, 200, policy, { etag: '"2"' });
    });
    expect((await client.policy('p')).etag).toBe('"2"');
    await client.putPolicy('p', {}, { ifMatch: '"2"' });
    expect(seen).toEqual([undefined, '"2"']);
  });

  it('a report keeps its name and its bytes', async () => {
    server.handle((_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="retail.csv"' }).end('a,b\n');
    });
    const report = await client.report(taskId, 'csv');
    expect([report.fileName, report.mediaType, await (await report.blob()).text()]).toEqual(['retail.csv', 'text/csv', 'a,b\n']);
  });
});

describe('what is checked of answers', () => {
  const shapes = {
    task: taskShape,
    explanation: explanationShape,
    fact: factShape,
    finding: findingShape,
    version: productVersionShape,
    product: productShape,
    comparison: comparisonShape,
    deadLetter: deadLetterShape,
    policy: policyShape,
    rule: ruleShape,
  };

  it.each(Object.entries(shapes))('nothing is asked of a %s that its shape does not promise', (name, shape) => {
    for (const [member, kind] of Object.entries(needs[name as keyof typeof shapes])) {
      const promised = (shape.shape as Record<string, { safeParse: (value: unknown) => { success: boolean } }>)[member];
      expect([member, promised !== undefined]).toEqual([member, true]);
      // A promise of another kind would refuse every answer.
      const wrong = { string: 5, number: 'five', array: 5, object: 5 }[kind as 'string'];
      expect([member, promised!.safeParse(wrong).success]).toEqual([member, false]);
    }
  });
});
