import { entriesOfZip, rootOfXml, rowsOfCsv } from './testing/formats';
import { renderReport, type ReportFormat } from './render-report';
import { type Report, type ReportedFinding } from './report';

const range = { startLine: 3, startColumn: 1, endLine: 3, endColumn: 11 };
const finding = (path: string, rest: Partial<ReportedFinding> = {}): ReportedFinding => ({
  type: 'SQL',
  ruleId: 'sql/unbounded-write',
  severity: 'error',
  message: { en: 'Deletes everything', zh: '删除全部' },
  location: { path, range },
  evidence: 'DELETE FROM "t" -- <b>&',
  fix: { en: 'Add WHERE', zh: '添加 WHERE' },
  fingerprint: 'f00d',
  ...rest,
});

interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: [{ physicalLocation: { artifactLocation: { uri: string }; region?: object }; logicalLocations?: object[] }];
}

const hostile = [
  '=1+1.sql',
  '+2.sql',
  '-3.sql',
  '@sum.sql',
  'sql/<script>alert(1).sql',
  'sql/a & b "c".sql',
  '\t=x',
  'sql/中文 文件.sql',
  ' =hidden',
  'bad\ud800\u0001.sql',
];
const findings: readonly ReportedFinding[] = [
  ...hostile.map((path) => finding(path)),
  finding('z.xlsx', { type: 'EXCEL', ruleId: 'excel/x', severity: 'warning', location: { path: 'z.xlsx', sheet: '任务', cell: 'B3' } }),
  finding('z.json', { type: 'MINE', ruleId: 'foreign', severity: 'info', message: 'said in one language', location: { path: 'z.json', pointer: '/a/b' } }),
];
const report = (rest: Partial<Report> = {}): Report => ({
  taskId: '0198a2f0-0000-7000-8000-000000000001',
  status: 'FAILED',
  product: 'sales & <co>',
  version: '=1.0',
  language: 'en',
  findings,
  rules: (id) => (id.startsWith('sql/') ? { id, title: { en: 'Unbounded write', zh: '无界写' }, why: 'because', severity: 'error' } : undefined),
  suppressed: [{ ruleId: 'sql/x', path: '<i>.sql', line: 4, reason: 'agreed with "ops"' }],
  ...rest,
});

async function bytesOf(format: ReportFormat, of: Report): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of renderReport(format, of).body) chunks.push(Buffer.from(chunk as string));
  return Buffer.concat(chunks);
}
const textOf = async (format: ReportFormat, of = report()): Promise<string> => (await bytesOf(format, of)).toString('utf8');

describe('[Z-002] reports', () => {
  it('json holds the task and its findings, texts in the asked language', async () => {
    const body: { findings: ReportedFinding[] } = JSON.parse(await textOf('json', report({ language: 'zh' })));
    expect(body).toMatchObject({ taskId: report().taskId, status: 'FAILED', suppressed: [{ line: 4 }] });
    expect(body.findings).toHaveLength(findings.length);
    expect(body.findings[0]).toEqual({
      type: 'SQL',
      ruleId: 'sql/unbounded-write',
      severity: 'error',
      message: '删除全部',
      location: { path: '=1+1.sql', range },
      evidence: findings[0]?.evidence,
      fix: '添加 WHERE',
      fingerprint: 'f00d',
    });
    expect(body.findings.at(-1)?.message).toBe('said in one language');
  });

  it('sarif is 2.1.0: every result names a described rule, a level, an encoded URI and a place from 1', async () => {
    const log: { runs: { tool: { driver: { rules: { id: string }[] } }; results: SarifResult[] }[] } = JSON.parse(await textOf('sarif'));
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/sarif-(schema-)?2\.1\.0/) });
    const run = log.runs[0]!;
    const ids = run.tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual(['sql/unbounded-write', 'excel/x', 'foreign']);
    expect(run.results).toHaveLength(findings.length);
    for (const result of run.results) {
      expect(result.message.text).toBeTruthy();
      expect(ids[result.ruleIndex]).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w.~!$&'()*+,;=:@%/-]+$/);
    }
    expect(run.results[0]!.locations[0].physicalLocation.region).toMatchObject({ startLine: 3, startColumn: 1, endLine: 3, endColumn: 12 });
    expect(decodeURIComponent(run.results[5]!.locations[0].physicalLocation.artifactLocation.uri)).toBe('sql/a & b "c".sql');
    expect(run.results.at(-2)!.locations[0].logicalLocations).toEqual([{ fullyQualifiedName: '任务!B3' }]);
  });

  it('junit is well-formed, fails where there are errors, and passes otherwise', async () => {
    const text = await textOf('junit');
    expect(rootOfXml(text)).toBe('testsuites');
    expect([...text.matchAll(/<failure\b/g)]).toHaveLength(hostile.length);
    expect(text).toMatch(/<testsuite\b[^>]*\btests="1" failures="1"/);
    expect(text).toMatch(/<testsuite\b[^>]*z\.json[^>]*\bfailures="0"/);
    expect(text).toContain('sql/&lt;script&gt;alert(1).sql');
    const empty = await textOf('junit', report({ findings: [] }));
    expect(rootOfXml(empty)).toBe('testsuites');
    expect(empty).toMatch(/tests="1" failures="0"/);
  });

  it('html stands alone, loads nothing, runs nothing', async () => {
    const text = await textOf('html');
    expect(text).toMatch(/<html[\s>]/i);
    expect(text).not.toMatch(/<(?:script|img|iframe|link|source|object|embed)\b/i);
    expect(text).not.toMatch(/@import|url\(|\son\w+=|\sstyle=/i);
    expect(text).toContain('sql/&lt;script&gt;alert(1).sql');
    expect(text).toMatch(/default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='/);
    expect(text).toContain(`<b>${hostile.length}</b> error`);
    expect(text).toContain('agreed with &quot;ops&quot;');
    expect(await textOf('html', report({ findings: [] }))).toContain('Nothing was found');
  });

  it('csv has a row per finding, columns of the header, and no cell that runs', async () => {
    const text = await textOf('csv');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const rows = rowsOfCsv(text);
    expect(rows).toHaveLength(1 + findings.length);
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]|^[\t\r]/);
    for (const name of ['=1+1.sql', '+2.sql', '-3.sql', '@sum.sql']) expect(rows.flat()).toContain(`'${name}`);
  });

  it('xlsx is a workbook of texts and numbers, without formulas, the same bytes each time', async () => {
    const bytes = await bytesOf('xlsx', report());
    const parts = entriesOfZip(bytes);
    for (const part of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels']) expect(parts.has(part)).toBe(true);
    for (const xml of parts.values()) expect(rootOfXml(xml)).toBeTruthy();
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    expect([...sheet.matchAll(/<row /g)]).toHaveLength(1 + findings.length);
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet).toContain('sql/中文 文件.sql');
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain(`<v>${hostile.length}</v>`);
    expect((await bytesOf('xlsx', report())).equals(bytes)).toBe(true);
  });

  it.each(['json', 'sarif', 'junit', 'html', 'csv', 'xlsx'] as const)('%s reads findings that arrive over time', async (format) => {
    async function* arriving(): AsyncGenerator<ReportedFinding> {
      for (const one of findings) {
        await new Promise(setImmediate);
        yield one;
      }
    }
    expect(await bytesOf(format, report({ findings: arriving() }))).toEqual(await bytesOf(format, report()));
    expect(renderReport(format, report()).fileName).toMatch(/^tributary-[\w-]+\.[a-z.]+$/);
  });
});
