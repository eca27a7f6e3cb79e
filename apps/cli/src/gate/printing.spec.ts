/** Facts, findings and dead letters as they are printed. */
import { factNumber, json, type ScriptedServer, startScriptedServer, taskId, taskWith } from '../../../../libs/api-client/src/testing/scripted-server';
import { commandLine, type Ended, type RunOptions } from '../testing/command-line';

const letterId = '0190a0b0-0000-7000-8000-000000000001';
const letter = {
  ...{ id: letterId, type: 'SubTaskCompleted', topic: 'scan.facts', group: 'coordinator', partition: 3, offset: 7 },
  ...{ reason: 'INVALID_FACT', detail: 'data/taskId is missing', at: '2026-01-01T00:00:00.000Z', state: 'open' },
};
const finding = (path: string, severity: string, location: object = {}): object => ({
  ...{ type: 'SQL', ruleId: 'sql/select-star', severity, message: 'The columns are not named', fingerprint: `${path}${severity}` },
  location: { path, ...location },
});

describe('printing', () => {
  let server: ScriptedServer;
  let findings: readonly object[] = [];
  const bodies: unknown[] = [];

  beforeEach(async () => {
    bodies.length = 0;
    server = await startScriptedServer(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      if (request.method === 'POST') {
        let text = '';
        for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
        bodies.push(JSON.parse(text));
        json(response, 200, { ...letter, state: url.pathname.endsWith('replay') ? 'replayed' : 'discarded' });
      } else if (url.pathname.endsWith('/findings')) {
        const from = Number(url.searchParams.get('cursor') ?? 0);
        json(response, 200, { items: findings.slice(from, from + 2), ...(from + 2 < findings.length && { nextCursor: String(from + 2) }) });
      } else if (url.pathname.endsWith('/facts')) {
        json(response, 200, {
          items: [
            factNumber(1, 'SubTaskStarted', { subTaskType: 'SQL' }),
            { ...factNumber(2, 'SubTaskFailed', { subTaskType: 'SQL', failureKind: 'TRANSIENT', reason: 'no memory' }), late: true },
            factNumber(3, 'SomethingNew'),
          ],
        });
      } else if (url.pathname.endsWith('/events')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`id: 1\ndata: ${JSON.stringify(factNumber(1, 'MainTaskCreated'))}\n\n`);
      } else if (url.pathname.endsWith('dead-letters')) json(response, 200, { items: url.searchParams.get('state') === 'discarded' ? [] : [letter] });
      else json(response, 200, taskWith('RUNNING', 0));
    });
  });
  afterEach(() => server.stop());

  const tributary = (line: string, options: RunOptions = {}): Promise<Ended> => commandLine([...line.split(' '), '--url', server.url], options);

  it('findings stand under their files, with places of every kind, as many as were asked for', async () => {
    const range = { startLine: 7, startColumn: 3, endLine: 7, endColumn: 9 };
    findings = [
      finding('a.sql', 'error', { range }),
      finding('a.sql', 'warning'),
      finding('t.xlsx', 'blocker', { sheet: '任务列表', cell: 'C6' }),
      finding('w.json', 'info', { pointer: '/Tasks/0' }),
    ];
    const all = await tributary(`gate findings ${taskId}`);
    expect(all.stdout).toMatch(/^a\.sql\n {2}7:3 +error +sql\/select-star +The columns are not named\n {2}- +warning/);
    expect(all.stdout).toContain('任务列表!C6');
    expect(all.stdout).toContain('/Tasks/0');
    expect(all.stdout).toContain('findings: 4, files: 3; 1 blocker, 1 error, 1 warning, 1 info\n');
    expect(all.stderr).toContain('no verdict yet');
    const some = await tributary(`gate findings ${taskId} --limit 3`);
    expect(some.stderr).toContain('there is more: --limit 15');
    expect(JSON.parse((await tributary(`gate findings ${taskId} --limit 3 --json`)).stdout)).toEqual({ items: findings.slice(0, 3) });
    findings = [];
    expect((await tributary(`gate findings ${taskId}`)).stdout).toBe('No findings.\n');
  });

  it('facts are told in words, late ones as late, unknown ones by name', async () => {
    const { stdout } = await tributary(`gate facts ${taskId}`);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/^\d\d:\d\d:\d\d +/, ''));
    expect(lines).toEqual([
      'SubTaskStarted       SQL takes part',
      'SubTaskFailed        SQL could not scan: no memory (late)',
      'SomethingNew         SomethingNew',
    ]);
    expect(JSON.parse((await tributary(`gate facts ${taskId} --json`)).stdout)).toMatchObject({
      items: [{ data: { n: 1 } }, { late: true }, { type: 'SomethingNew' }],
    });
  });

  it('facts --follow goes on until Ctrl-C', async () => {
    const { code, stdout } = await tributary(`gate facts ${taskId} --follow --json`, { during: (interrupt) => setTimeout(interrupt, 200) });
    expect([code, JSON.parse(stdout)]).toMatchObject([130, { type: 'MainTaskCreated' }]);
  });

  it('dead letters are listed, shown, and decided about with a reason', async () => {
    const listed = await tributary('dead-letters list --state open --group coordinator');
    expect(listed.stdout).toMatch(new RegExp(`${letterId} +open +coordinator +SubTaskCompleted +INVALID_FACT`));
    expect(server.heard).toEqual(['GET /api/v1/dead-letters?state=open&group=coordinator&limit=50']);
    expect((await tributary('dead-letters list --state discarded')).stderr).toContain('No dead letters');
    expect((await tributary(`dead-letters show ${letterId}`)).stdout).toContain('data/taskId is missing');
    expect(JSON.parse((await tributary(`dead-letters show ${letterId} --json`)).stdout)).toEqual(letter);
    expect((await tributary('dead-letters show 0190a0b0-0000-7000-8000-000000000002')).code).toBe(2);
    expect((await tributary(`dead-letters replay ${letterId} --reason mended`)).stdout).toBe('group coordinator takes SubTaskCompleted again\n');
    expect((await tributary(`dead-letters discard ${letterId} --lang zh`)).stdout).toBe('消费组 coordinator 的 SubTaskCompleted 已丢弃\n');
    expect(bodies).toEqual([{ reason: 'mended' }, {}]);
  });
});
