/** What the definition service answers, over real HTTP. */
import { PolicyDocument } from '@tributary/facts';
import { InMemoryFactBus, InMemoryGroups, InMemoryLog } from '@tributary/fact-bus';
import { InMemoryDatabase } from '@tributary/persistence';
import { createMetrics, type HttpServer, serve, silentLog } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { v7 } from 'uuid';
import { InMemoryDefinitionMemory } from './in-memory.definition.memory';
import { PublishDefinition } from './publish-definition';
import { definitionRoutes } from './routes';

let server: HttpServer;
const database = new InMemoryDatabase();

beforeEach(async () => {
  const memory = new InMemoryDefinitionMemory();
  const bus = new InMemoryFactBus({ log: new InMemoryLog(), groups: new InMemoryGroups(), newId: v7 });
  server = await serve({
    ...{ service: 'definition', host: '127.0.0.1', port: 0, log: silentLog, metrics: createMetrics('definition') },
    telemetry: new Telemetry({ service: 'definition', version: '0', instance: 'x' }),
    missing: () => Promise.resolve([]),
    routes: definitionRoutes({ memory, publisher: new PublishDefinition({ memory, bus, database, now: () => 0 }) }),
  });
});
afterEach(() => server.close(500));

const base = '/api/v1/gate/policies';
const call = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: any }> => {
  const response = await fetch(`${server.url}${path}`, { headers: { 'content-type': 'application/json' }, ...init });
  return { status: response.status, body: await response.json() };
};
const put = (name: string, policy: object): Promise<{ status: number; body: any }> => call(`${base}/${name}`, { method: 'PUT', body: JSON.stringify(policy) });

it('lists policies by name in their newest revision, the built-in ones among them, page by page', async () => {
  for (const name of ['strict', 'egg', 'Zoo']) await put(name, { gapMs: 1 });
  await put('strict', { gapMs: 2 });
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await call(`${base}?limit=2${cursor && `&cursor=${cursor}`}`);
    expect(body.items.length).toBeLessThanOrEqual(2);
    seen.push(...body.items.map(({ id, revision, gapMs }: any) => `${id} ${revision} ${gapMs}`));
    cursor = body.nextCursor ?? '';
    if (!cursor) break;
  }
  expect(seen).toEqual(['Zoo 1 1', 'default 0 2000', 'egg 1 1', 'fast 0 500', 'strict 2 2']);
});

it('a policy stands in the list as it is read by its id', async () => {
  await put('strict', { rules: [{ id: 'SQL_IS_A_MUST', when: "!('SQL' in types)", status: 'FAILED' }] });
  const { body } = await call(base);
  for (const item of body.items) expect(item).toEqual((await call(`${base}/${item.id}`)).body);
  expect(body.items[2]).toMatchObject({ ...PolicyDocument.parse({}), id: 'strict', revision: 1, rules: [{ id: 'SQL_IS_A_MUST' }] });
});

it('tells the faults of a shape and those of expressions at once', async () => {
  const rows = [
    { id: 'A', when: 'size( > 3', status: 'FAILED' },
    { id: 'b', when: 'true', status: 'FAILED' },
    { id: 'C', when: '', status: 'FAILED' },
    { id: 'D', when: 'nobody.knows == 3', status: 'FAILED' },
  ];
  const { status, body } = await put('strict', { gapMs: -1, rules: rows });
  expect([status, body.code]).toEqual([400, 'INVALID_BODY']);
  expect(body.errors.map(({ pointer }: any) => pointer).sort()).toEqual(['/gapMs', '/rules/0/when', '/rules/1/id', '/rules/2/when', '/rules/3/when']);
  expect(body.errors.find(({ pointer }: any) => pointer === '/rules/0/when')).toMatchObject({ line: 1, column: expect.any(Number) });
  for (const nothing of [[], 7, 'text', { rules: 'none' }, { rules: [null, 7, { when: 7 }] }])
    expect((await put('strict', nothing as object)).status).toBe(400);
});

it('refuses what it does not know, and names that are taken', async () => {
  for (const query of ['colour=red', 'limit=0', 'cursor=nonsense']) expect((await call(`${base}?${query}`)).status).toBe(400);
  expect(await put('default', {})).toMatchObject({ status: 409, body: { code: 'BUILT_IN' } });
});
