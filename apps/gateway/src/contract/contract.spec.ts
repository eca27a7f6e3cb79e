import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asyncApi, catalogue, factSchema, schemaPath } from '@tributary/facts';
import { GatewayUnderTest } from '../testing/gateway-under-test';
import { apiInfo } from './api-description';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await new GatewayUnderTest().start();
});
afterAll(() => gateway.stop());

const generated = resolve(__dirname, '../../../../docs/generated');

/** Equal to what is committed; UPDATE=1 writes it. */
async function expectCommitted(file: string, document: unknown): Promise<void> {
  const path = join(generated, file);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (process.env['UPDATE'] === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  expect(await readFile(path, 'utf8').catch(() => `${file} is not committed; UPDATE=1 writes it`)).toBe(text);
}

describe('[P-024] the API describes itself', () => {
  it('as it is committed', async () => {
    const { status, body } = await gateway.call('GET', '/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    await expectCommitted('openapi.json', body);
  });

  it('with every path of the gate that design and acceptance name', async () => {
    const { body } = await gateway.call('GET', '/openapi.json');
    const task = '/api/v1/gate/tasks/{taskId}';
    const wanted = [
      ['/api/v1/gate/tasks', 'post', 'get'],
      [task, 'get'],
      ...['explanation', 'facts', 'events', 'findings', 'rules', 'report', 'package', 'index', 'verdict'].map((part) => [`${task}/${part}`, 'get']),
      [`${task}/reports/{type}/{round}-{attempt}`, 'put'],
      [`${task}/cancel`, 'post'],
      [`${task}/rescan`, 'post'],
      ['/api/v1/gate/products/{product}/versions', 'get'],
      ['/api/v1/gate/products/{product}/compare', 'get'],
      ['/api/v1/gate/products', 'get'],
      ['/api/v1/gate/policies', 'get'],
      ['/api/v1/gate/policies/{policyId}', 'put', 'get'],
      ['/api/v1/gate/policies/{policyId}/revisions', 'get'],
      ['/api/v1/dead-letters', 'get'],
      ['/api/v1/dead-letters/{id}/replay', 'post'],
      ['/api/v1/dead-letters/{id}/discard', 'post'],
      ['/schemas/{fact}/{version}.json', 'get'],
      ['/asyncapi.json', 'get'],
    ];
    for (const [path, ...methods] of wanted) expect([path, Object.keys(body.paths[path!] ?? {})]).toEqual([path, expect.arrayContaining(methods)]);
    expect(Object.keys(body.paths).filter((path) => path.startsWith('/internal'))).toEqual([]);
  });

  it('every operation has an id of its own, a summary in both languages, and a tag that the page shows', async () => {
    const { body } = await gateway.call('GET', '/openapi.json');
    const operations = Object.values(body.paths).flatMap((methods: any) => Object.values(methods)) as any[];
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) {
      expect(operation.summary).not.toMatch(/[\u4e00-\u9fff]/);
      expect(operation['x-summary-zh']).toMatch(/[\u4e00-\u9fff]|OpenAPI|AsyncAPI/);
    }
    const page = await gateway.call('GET', '/docs?lang=zh');
    for (const operation of operations) expect(page.text).toContain(`<p>${operation['x-summary-zh']}</p>`);
  });
});

describe('the facts describe themselves', () => {
  it('in AsyncAPI, as it is committed', async () => {
    const { status, body } = await gateway.call('GET', '/asyncapi.json');
    expect([status, body.asyncapi]).toEqual([200, '3.0.0']);
    await expectCommitted('asyncapi.json', asyncApi(apiInfo));
  });

  it.each(catalogue.map((definition) => [definition.name, definition] as const))('%s by its schema, as it is committed', async (_, definition) => {
    const { status, headers, text } = await gateway.call('GET', schemaPath(definition));
    expect([status, headers.get('content-type')]).toEqual([200, 'application/schema+json; charset=utf-8']);
    expect(JSON.parse(text)).toEqual(factSchema(definition));
    await expectCommitted(schemaPath(definition).slice(1), JSON.parse(text));
  });

  it('and nobody else', async () => {
    for (const path of ['ZipUploaded/2', 'ZipUploaded/x', 'Nothing/1', 'constructor/1'])
      expect((await gateway.call('GET', `/schemas/${path}.json`)).status).toBe(404);
  });
});

describe('pages', () => {
  it.each(['/', '/docs', '/docs?lang=zh'])('%s loads nothing from elsewhere and runs nothing', async (path) => {
    const { status, headers, text } = await gateway.call('GET', path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<(script|img|link|iframe)\b|@import|(src|href)="(https?:)?\/\//);
  });

  it('speak both languages', async () => {
    expect((await gateway.call('GET', '/')).text).toMatch(/quality gate[\s\S]*质量门禁/);
    expect((await gateway.call('GET', '/docs', { headers: { 'accept-language': 'zh' } })).text).toContain('上传版本包');
    expect((await gateway.call('GET', '/docs')).text).toContain('Upload a version package');
  });
});

describe('[P-047] the service itself', () => {
  it('is alive, ready and measured', async () => {
    expect((await gateway.call('GET', '/healthz')).status).toBe(200);
    expect(await gateway.call('GET', '/readyz')).toMatchObject({ status: 200, body: { missing: [] } });
    expect((await gateway.call('GET', '/metrics')).text).toMatch(/^# TYPE \w+ histogram/m);
  });

  it('names what is missing', async () => {
    await Promise.all([gateway.definition.stop(), gateway.coordinator.stop()]);
    expect((await gateway.call('GET', '/readyz')).body.missing).toEqual(['the coordinator', 'the definition service']);
    await Promise.all([gateway.definition.start(), gateway.coordinator.start()]);
  });

  it('[W-008] answers carry a traceparent', async () => {
    expect((await gateway.call('GET', '/docs')).headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-/);
  });
});
