import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { GatewayUnderTest } from '../testing/gateway-under-test';
import { consolePages } from './console-pages';

const page = '<!doctype html><title>console</title>';
const script = 'export const one = 1;\n'.repeat(20);
const asPerson = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

describe('the console at the door', () => {
  let folder: string;
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-console-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), page);
    await writeFile(join(folder, 'first-load.json'), '{}');
    await writeFile(join(folder, 'assets', 'index-abc123.js'), script);
    await writeFile(join(folder, 'assets', 'index-abc123.js.br'), brotliCompressSync(script));
    await writeFile(join(folder, 'assets', 'index-abc123.js.gz'), gzipSync(script));
    gateway = await new GatewayUnderTest().start({ consoleFolder: folder });
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  it.each(['/', '/?from=mail', '/tasks/0190a0b0-0000-7000-8000-000000000001/why', '/no-such-page'])(
    '%s is its first page, asked for anew each time',
    async (path) => {
      const { status, headers, text } = await gateway.call('GET', path, asPerson);
      expect([status, text, headers.get('cache-control'), headers.get('content-type')]).toEqual([200, page, 'no-cache', 'text/html; charset=utf-8']);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|https?:/);
    },
  );

  it.each(['br', 'gzip', 'identity'])('a file with a hash in its name is kept for good, as %s', async (encoding) => {
    const { status, headers, text } = await gateway.call('GET', '/assets/index-abc123.js', { headers: { 'accept-encoding': encoding } });
    expect([status, text]).toEqual([200, script]);
    expect(headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    expect(headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
  });

  it('programs that mistype a path get a problem document', async () => {
    expect(await gateway.call('GET', '/no-such-page')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    for (const path of ['/api/v1/nothing', '/schemas/none'])
      expect(await gateway.call('GET', path, asPerson)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await gateway.call('POST', '/no-such-page', asPerson)).status).toBe(404);
  });

  it.each(['/assets/none.js', '/assets/../index.html.br', '/assets/..%2findex.html', '/first-load.json', '/assets/index-abc123.js.br'])(
    'nothing else of the folder is served: %s',
    async (path) => {
      expect((await gateway.call('GET', path)).status).toBe(404);
    },
  );

  it('takes nothing away from the API', async () => {
    for (const path of ['/docs', '/openapi.json', '/healthz']) expect((await gateway.call('GET', path, asPerson)).text).not.toBe(page);
    expect((await gateway.call('GET', '/openapi.json')).body.paths['/']).toBeDefined();
  });
});

it('without a built console the plain page stays', async () => {
  expect(consolePages(tmpdir())).toBeUndefined();
  const gateway = await new GatewayUnderTest().start({ consoleFolder: join(tmpdir(), 'nothing-here') });
  expect((await gateway.call('GET', '/', asPerson)).text).toContain('quality gate');
  expect((await gateway.call('GET', '/tasks', asPerson)).status).toBe(404);
  await gateway.stop();
});
