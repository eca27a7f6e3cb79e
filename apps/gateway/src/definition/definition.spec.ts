import { GatewayUnderTest } from '../testing/gateway-under-test';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await new GatewayUnderTest().start();
});
afterAll(() => gateway.stop());

const path = '/api/v1/gate/policies/strict';

describe('[Z-041] policies', () => {
  it('are handed to the definition service as they come, with their lock', async () => {
    gateway.definition.say(`PUT ${path}`, () => ({ status: 201, json: { policyId: 'strict', revision: 1 }, headers: { etag: '"1"' } }));
    const put = await gateway.call('PUT', path, { body: '{"gapMs": 1,', headers: { 'content-type': 'application/json', 'if-match': '"0"' } });
    expect([put.status, put.headers.get('etag'), put.body]).toEqual([201, '"1"', { policyId: 'strict', revision: 1 }]);
    expect(gateway.definition.last()).toMatchObject({
      body: '{"gapMs": 1,',
      headers: { 'if-match': '"0"', 'content-type': 'application/json', 'x-tributary-actor': 'anonymous' },
    });
  });

  it('are read with their revisions', async () => {
    gateway.definition.say(`GET ${path}`, () => ({ json: { gapMs: 5 }, headers: { etag: '"7"' } }));
    gateway.definition.say(`GET ${path}/revisions`, ({ query }) => ({ json: { items: [query] } }));
    expect((await gateway.call('GET', path)).headers.get('etag')).toBe('"7"');
    expect((await gateway.call('GET', `${path}/revisions?limit=3`)).body).toEqual({ items: ['?limit=3'] });
    expect((await gateway.call('GET', `${path}/revisions?colour=red`)).body.errors[0].parameter).toBe('colour');
  });

  it('are listed', async () => {
    gateway.definition.say('GET /api/v1/gate/policies', ({ query }) => ({ json: { items: [query] } }));
    expect((await gateway.call('GET', '/api/v1/gate/policies?limit=2')).body).toEqual({ items: ['?limit=2'] });
    expect((await gateway.call('GET', '/api/v1/gate/policies?colour=red')).body.errors[0].parameter).toBe('colour');
  });

  it('that nobody published are a 404', async () => {
    expect(await gateway.call('GET', '/api/v1/gate/policies/none')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('are bounded', async () => {
    const body = `{"rules": "${'x'.repeat(1_100_000)}"}`;
    expect(await gateway.call('PUT', path, { body })).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });
});

it('worker configurations go the same way', async () => {
  gateway.definition.say('PUT /api/v1/gate/worker-configs/SQL', ({ body }) => ({ json: JSON.parse(body) }));
  expect((await gateway.call('PUT', '/api/v1/gate/worker-configs/SQL', { body: '{"config":{}}' })).body).toEqual({ config: {} });
});
