import { reportLines, type Finding } from '@tributary/findings';
import { type GatewayUnderTest as Gateway, GatewayUnderTest, sha256, zipLike } from '../testing/gateway-under-test';

let gateway: Gateway;
let taskId: string;
beforeEach(async () => {
  gateway = await new GatewayUnderTest().start();
  taskId = (await gateway.upload(zipLike('x'))).body.taskId;
});
afterEach(() => gateway.stop());

const unknown = '0198a2f0-0000-7000-8000-00000000dead';

function aFinding(number: number, changes: Partial<Finding> = {}): Finding {
  return {
    ruleId: `RULE_${number % 3}`,
    severity: number % 2 === 0 ? 'error' : 'warning',
    message: { en: `fault ${number}`, zh: `问题 ${number}` },
    location: { path: `sql/q${String(number).padStart(3, '0')}.sql`, range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 9 } },
    fingerprint: `f${number}`,
    ...changes,
  };
}

interface Reported {
  readonly type: string;
  readonly findings: readonly Finding[];
  readonly raw?: string;
  readonly uri?: string;
  readonly sha256?: string;
}

/** Puts reports into the store and lets the coordinator name them. */
async function reported(id: string, ...reports: readonly Reported[]): Promise<void> {
  const items = await Promise.all(
    reports.map(async ({ type, findings, raw, uri, sha256: claimed }) => {
      const rules = { rules: [{ id: 'RULE_0', title: { en: 'Rule nought', zh: '规则零' } }], suppressed: [] };
      const bytes = Buffer.from(raw ?? [...reportLines(findings, rules)].join(''));
      const key = `tasks/${id}/reports/${type}/1-1.ndjson`;
      await gateway.store.put(
        key,
        (async function* () {
          yield bytes;
        })(),
      );
      return {
        type,
        round: 1,
        attempt: 1,
        outcome: 'QUALITY',
        counts: {},
        report: { uri: uri ?? `store:${key}`, sha256: claimed ?? sha256(bytes), size: bytes.length },
      };
    }),
  );
  const json = { taskId: id, status: 'FAILED', product: 'sales', version: '1', items: [...items, { type: 'WEDATA', round: 1, attempt: 1, outcome: 'PASS' }] };
  gateway.coordinator.say(`GET /internal/tasks/${id}/reports`, () => ({ json }));
}

const page = (query = '', headers: Record<string, string> = {}) => gateway.call('GET', `/api/v1/gate/tasks/${taskId}/findings${query}`, { headers });
const many = (count: number): Finding[] => Array.from({ length: count }, (_, number) => aFinding(number));

describe('[Z-002] findings', () => {
  it('of all participants are one list: by type, then as reported', async () => {
    await reported(taskId, { type: 'SQL', findings: many(3) }, { type: 'EXCEL', findings: many(2) });
    const { body } = await page();
    expect(body.items.map(({ type, fingerprint }: any) => `${type} ${fingerprint}`)).toEqual(['EXCEL f0', 'EXCEL f1', 'SQL f0', 'SQL f1', 'SQL f2']);
    expect(body.nextCursor).toBeUndefined();
    expect(body.items[0]).toEqual({ type: 'EXCEL', ...aFinding(0), message: 'fault 0' });
  });

  it('speak the language asked for', async () => {
    await reported(taskId, { type: 'SQL', findings: [aFinding(0, { fix: { en: 'mend it', zh: '修复' } })] });
    expect((await page('', { 'accept-language': 'zh-CN' })).body.items[0]).toMatchObject({ message: '问题 0', fix: '修复' });
  });

  it('come in pages that together are the whole, whatever the limit', async () => {
    await reported(taskId, { type: 'SQL', findings: many(7) }, { type: 'EXCEL', findings: many(4) });
    const all = (await page('?limit=500')).body.items;
    for (const limit of [1, 2, 3, 4, 5, 11, 12]) {
      const seen: unknown[] = [];
      let cursor = '';
      do {
        const { body } = await page(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        expect(body.items.length).toBeLessThanOrEqual(limit);
        seen.push(...body.items);
        cursor = body.nextCursor ?? '';
      } while (cursor);
      expect(seen).toEqual(all);
    }
  });

  it('are narrowed by type, severity, rule and path, page by page', async () => {
    await reported(taskId, { type: 'SQL', findings: many(9) }, { type: 'EXCEL', findings: many(4) });
    const all = (await page()).body.items;
    const wanted = (holds: (finding: any) => boolean): unknown[] => all.filter(holds);
    expect((await page('?type=SQL')).body.items).toEqual(wanted(({ type }) => type === 'SQL'));
    expect((await page('?severity=warning')).body.items).toEqual(wanted(({ severity }) => severity === 'warning'));
    expect((await page('?rule=RULE_1')).body.items).toEqual(wanted(({ ruleId }) => ruleId === 'RULE_1'));
    expect((await page('?path=sql/q002.sql')).body.items).toEqual(wanted(({ location }) => location.path === 'sql/q002.sql'));
    const first = (await page('?type=SQL&severity=warning&limit=3')).body;
    const second = (await page(`?type=SQL&severity=warning&limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(wanted(({ type, severity }) => type === 'SQL' && severity === 'warning'));
  });

  it('name rules that the reports describe, by type and in the language asked for; a report without a first line describes none', async () => {
    const [header] = [...reportLines([], { rules: [{ id: 'RULE_0', title: 'said once', why: { en: 'because', zh: '因为' }, severity: 'error', since: 3 }] })];
    await reported(taskId, { type: 'SQL', findings: many(2) }, { type: 'ACME', findings: [], raw: `${header}not a finding\n` });
    const rules = async (asked = '', headers: Record<string, string> = {}) =>
      (await gateway.call('GET', `/api/v1/gate/tasks/${taskId}/rules${asked}`, { headers })).body.items;
    expect(await rules()).toEqual([
      { type: 'ACME', id: 'RULE_0', title: 'said once', why: 'because', severity: 'error', since: 3 },
      { type: 'SQL', id: 'RULE_0', title: 'Rule nought' },
    ]);
    expect(await rules('?type=SQL&rule=RULE_0', { 'accept-language': 'zh' })).toEqual([{ type: 'SQL', id: 'RULE_0', title: '规则零' }]);
    expect(await rules('?rule=RULE_1')).toEqual([]);
    await reported(taskId, { type: 'SQL', findings: [], raw: '{"ruleId":"x"}\n' }, { type: 'EXCEL', findings: [], raw: '' });
    expect(await rules()).toEqual([]);
    expect((await gateway.call('GET', `/api/v1/gate/tasks/${taskId}/rules?colour=red`)).status).toBe(400);
  });

  it('[P-024] refuse impossible questions', async () => {
    await reported(taskId, { type: 'SQL', findings: many(1) });
    for (const query of [
      'severity=terrible',
      'type=sql',
      'colour=red',
      'cursor=%00',
      'cursor=abcd',
      `cursor=${Buffer.from('{"type":"SQL","offset":-1}').toString('base64url')}`,
    ]) {
      const { status, body } = await page(`?${query}`);
      expect([query, status, body.errors?.[0].parameter]).toEqual([query, 400, query.split('=')[0]]);
    }
  });

  it('of a task that nobody uploaded are a 404, of one that is on its way none', async () => {
    expect(await gateway.call('GET', `/api/v1/gate/tasks/${unknown}/findings`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await page()).body).toEqual({ items: [] });
  });
});

describe('[Z-002] a report that is not what its fact says', () => {
  it.each([
    ['has another sha256', { sha256: 'a'.repeat(64) }],
    ['lies at another task', { uri: `store:tasks/${unknown}/reports/SQL/1-1.ndjson` }],
    ['climbs out of its place', { uri: 'store:tasks/../../etc/passwd' }],
    ['lies outside of any store', { uri: 'file:///etc/passwd' }],
  ])('counts as none when it %s; the others are told', async (_, changes) => {
    await reported(taskId, { type: 'SQL', findings: many(2), ...changes }, { type: 'EXCEL', findings: many(1) });
    expect((await page()).body.items.map(({ type }: any) => type)).toEqual(['EXCEL']);
  });

  it('counts as none once it was replaced', async () => {
    await reported(taskId, { type: 'SQL', findings: many(2) });
    expect((await page()).body.items).toHaveLength(2);
    await gateway.store.put(
      `tasks/${taskId}/reports/SQL/1-1.ndjson`,
      (async function* () {
        yield Buffer.from([...reportLines(many(3))].join(''));
      })(),
    );
    expect((await page()).body.items).toEqual([]);
  });

  it('is told without the lines that are no findings', async () => {
    const lines = [...reportLines(many(2))];
    const raw = [lines[0], 'garbage\n', `${JSON.stringify({ deep: 'x'.repeat(600_000) })}\n`, '\n', lines[1]!.trimEnd()].join('');
    await reported(taskId, { type: 'SQL', findings: [], raw });
    expect((await page()).body.items.map(({ fingerprint }: any) => fingerprint)).toEqual(['f0', 'f1']);
  });

  it('shows no secret, whoever wrote it', async () => {
    await reported(taskId, { type: 'SQL', findings: [aFinding(0, { evidence: "'password' = 'Xk29-plain-S3cret'" })] });
    expect((await page()).text).not.toContain('Xk29');
  });
});

describe('[Z-002] reports', () => {
  const report = (format: string) => gateway.call('GET', `/api/v1/gate/tasks/${taskId}/report?format=${format}`);

  it.each([
    ['json', /^application\/json/],
    ['sarif', /^application\/sarif\+json/],
    ['junit', /^application\/xml/],
    ['html', /^text\/html/],
    ['csv', /^text\/csv/],
    ['xlsx', /^application\/vnd\.openxmlformats/],
  ])('%s is a download', async (format, type) => {
    await reported(taskId, { type: 'SQL', findings: many(30) });
    const { status, headers, bytes } = await report(format);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(type);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="tributary-[^"]+"$/);
    expect(bytes.length).toBeGreaterThan(1_000);
    expect((await report(format)).bytes).toEqual(bytes);
  });

  it('json holds the task and all that the list tells', async () => {
    await reported(taskId, { type: 'SQL', findings: many(3) });
    expect((await report('json')).body).toMatchObject({ taskId, status: 'FAILED', product: 'sales', version: '1', findings: (await page()).body.items });
  });

  it('sarif names the rules with their titles', async () => {
    await reported(taskId, { type: 'SQL', findings: many(1) });
    expect((await report('sarif')).body.runs[0].tool.driver.rules).toEqual([{ id: 'RULE_0', shortDescription: { text: 'Rule nought' } }]);
  });

  it('other formats there are none', async () => {
    expect(await report('docx')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'format' }] } });
  });
});

describe('[Z-049] versions of a product', () => {
  const compare = (query: string) => gateway.call('GET', `/api/v1/gate/products/sales/compare?${query}`);
  const listed = (tasks: Readonly<Record<string, string>>): void => {
    gateway.coordinator.say('GET /api/v1/gate/tasks', ({ query }) => {
      const id = tasks[new URLSearchParams(query).get('version') ?? ''];
      return { json: { items: id === undefined ? [] : [{ taskId: id }] } };
    });
  };

  it('are compared by fingerprint: new, fixed, unchanged', async () => {
    const other = (await gateway.upload(zipLike('y'))).body.taskId;
    listed({ '1': taskId, '2': other });
    await reported(taskId, { type: 'SQL', findings: [aFinding(0), aFinding(1)] });
    await reported(other, { type: 'SQL', findings: [aFinding(2), aFinding(1, { location: { path: 'sql/q001.sql' } })] });
    const { body } = await compare('base=1&head=2');
    const prints = (list: any[]): string[] => list.map(({ fingerprint }) => fingerprint);
    expect([prints(body.new), prints(body.fixed), prints(body.unchanged)]).toEqual([['f2'], ['f0'], ['f1']]);
    expect((await compare('base=1&head=1')).body).toMatchObject({ new: [], fixed: [], unchanged: [{}, {}] });
  });

  it('that nobody uploaded are a 404, and both are asked for', async () => {
    listed({ '1': taskId });
    await reported(taskId, { type: 'SQL', findings: [] });
    expect(await compare('base=1&head=9')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await compare('base=1')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'head' }] } });
  });

  it('are listed by the coordinator', async () => {
    gateway.coordinator.say('GET /api/v1/gate/products/sales/versions', () => ({ json: { items: [{ version: '1' }] } }));
    expect((await gateway.call('GET', '/api/v1/gate/products/sales/versions')).body).toEqual({ items: [{ version: '1' }] });
  });
});
