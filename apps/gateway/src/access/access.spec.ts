import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextForTests, GatewayUnderTest, sha256 } from '../testing/gateway-under-test';
import { BearerTokens, ExposedWithoutTokens, isLoopback, UnreadableTokens } from './bearer-tokens';
import { doorKeeper } from './door-keeper';
import { RateLimit } from './rate-limit';

describe('bearer tokens', () => {
  let folder: string;
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-tokens-'));
    const tokensFile = join(folder, 'tokens');
    await writeFile(tokensFile, `# for the build server\nci:${sha256('s3cret')}\n\nann@team:${sha256('other').toUpperCase()}\n`);
    gateway = await new GatewayUnderTest().start({ tokensFile });
    gateway.coordinator.say('GET /api/v1/gate/tasks', () => ({ json: { items: [] } }));
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });
  const list = (authorization?: string) => gateway.call('GET', '/api/v1/gate/tasks', { headers: authorization === undefined ? {} : { authorization } });

  it('name who asks, also to the services behind', async () => {
    expect((await list('Bearer s3cret')).status).toBe(200);
    expect(gateway.coordinator.last().headers['x-tributary-actor']).toBe('ci');
    expect((await list('bearer other')).status).toBe(200);
    expect(gateway.coordinator.last().headers['x-tributary-actor']).toBe('ann@team');
  });

  it.each([undefined, 'Bearer', 'Bearer wrong', 'Basic s3cret', 'Bearer s3cret extra'])('%s is refused', async (authorization) => {
    const { status, body, headers } = await list(authorization);
    expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer realm="tributary"']);
  });

  it('an actor that a client claims is not believed', async () => {
    await gateway.call('GET', '/api/v1/gate/tasks', { headers: { authorization: 'Bearer s3cret', 'x-tributary-actor': 'root' } });
    expect(gateway.coordinator.last().headers['x-tributary-actor']).toBe('ci');
  });

  it('are not asked for by what describes the API', async () => {
    for (const path of ['/', '/docs', '/openapi.json', '/asyncapi.json', '/schemas/ZipUploaded/1.json', '/healthz'])
      expect((await gateway.call('GET', path)).status).toBe(200);
  });

  it.each(['ci', 'ci:abc', `:${'a'.repeat(64)}`, `a b:${'a'.repeat(64)}`, ''])('a file with %p is refused', (line) => {
    expect(() => BearerTokens.parse(`${line}\n`)).toThrow(UnreadableTokens);
  });

  it('a file that is not there is refused', async () => {
    await expect(doorKeeper({ ...contextForTests(), tokensFile: join(folder, 'none') })).rejects.toThrow(UnreadableTokens);
  });

  it('without them nobody listens on more than loopback', async () => {
    await expect(doorKeeper({ ...contextForTests(), host: '0.0.0.0' })).rejects.toThrow(ExposedWithoutTokens);
    expect(['127.0.0.1', '127.8.8.8', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', ''].some(isLoopback)).toBe(false);
  });
});

describe('the rate of one client', () => {
  it('is a 429 with Retry-After when it is too high', async () => {
    const gateway = await new GatewayUnderTest().start({ ratePerMinute: 3 });
    gateway.coordinator.say('GET /api/v1/gate/tasks', () => ({ json: { items: [] } }));
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await gateway.call('GET', '/api/v1/gate/tasks'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect([answers[3]!.body.code, Number(answers[3]!.headers.get('retry-after')) > 0]).toEqual(['RATE_LIMITED', true]);
    expect((await gateway.call('GET', '/readyz')).status).toBe(200);
    await gateway.stop();
  });

  it('fills up again as time goes, for each client by itself', () => {
    let now = 0;
    const limit = new RateLimit(2, { monotonic: () => now });
    limit.take('a');
    limit.take('a');
    expect(() => {
      limit.take('a');
    }).toThrow('RATE_LIMITED');
    limit.take('b');
    now += 29_000;
    expect(() => {
      limit.take('a');
    }).toThrow('RATE_LIMITED');
    now += 1_500;
    limit.take('a');
    now += 3_600_000;
    limit.take('a');
    limit.take('a');
    expect(() => {
      limit.take('a');
    }).toThrow('RATE_LIMITED');
  });
});
