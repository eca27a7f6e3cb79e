/** The commands of the group `gate` against servers that behave as a test wants. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  factNumber,
  json,
  Ledger,
  problem,
  type ScriptedServer,
  startScriptedServer,
  taskId,
  taskWith,
} from '../../../../libs/api-client/src/testing/scripted-server';
import { commandLine, type Ended, type RunOptions } from '../testing/command-line';
import { namedIn } from './package-name';

const ledger = new Ledger(3);
const explanation = { status: 'SUCCESS', revision: 1, witness: [], participants: [], conflicts: [], counterfactuals: [], text: 'Everybody succeeded.' };
const accepted = {
  taskId,
  status: 'INIT',
  message: 'Task created',
  package: { fileName: 'a.zip', size: 1, sha256: '0' },
  links: { self: '', explanation: '', events: '' },
};
const joined = { type: 'SQL', kind: 'joined', outcome: 'WARN', attempt: 1, counts: { blocker: 0, error: 0, warning: 1, info: 2 } };

async function drained(request: IncomingMessage): Promise<void> {
  request.resume();
  await new Promise((resolve) => request.once('end', resolve));
}

describe('gate', () => {
  let server: ScriptedServer;
  let folder: string;
  let file: string;
  let status = 'SUCCESS';
  beforeEach(async () => {
    status = 'SUCCESS';
    folder = mkdtempSync(join(tmpdir(), 'tributary-spec-'));
    file = join(folder, 'retail-2.3.1.zip');
    writeFileSync(file, 'PK');
    server = await startScriptedServer(async (request, response) => {
      const url = request.url ?? '';
      if (request.method === 'POST') {
        await drained(request);
        json(response, 202, accepted);
      } else if (url.endsWith('/events')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ledger.bytesAfter(Number(request.headers['last-event-id'] ?? 0)));
      } else if (url.endsWith('/explanation')) json(response, 200, { ...explanation, status });
      else json(response, 200, taskWith(status, 1, { participants: [joined] }));
    });
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const tributary = (argv: readonly string[], options: RunOptions = {}): Promise<Ended> =>
    commandLine([...argv, '--url', server.url], { cwd: folder, ...options });

  it.each([
    ['SUCCESS', undefined, 0],
    ['PARTIAL_SUCCESS', undefined, 1],
    ['PARTIAL_SUCCESS', 'failed', 0],
    ['FAILED', 'failed', 1],
    ['FAILED', 'never', 0],
    ['CANCELLED', undefined, 2],
  ])('%s with --fail-on %s ends with %d', async (verdict, failOn, code) => {
    status = verdict;
    const ended = await tributary(['gate', 'upload', 'retail-2.3.1.zip', '--wait', ...(failOn === undefined ? [] : ['--fail-on', failOn])]);
    expect([ended.code, ended.stderr.includes('error')]).toEqual([code, false]);
    expect(ended.stdout).toContain(`(${verdict})  p 1`);
  });

  it('what is guessed is said, and what is given is not guessed', async () => {
    const guessed = await tributary(['gate', 'upload', file]);
    expect(guessed.stderr).toContain('product retail, version 2.3.1, from the file name');
    await tributary(['gate', 'upload', file, '--product', '零售', '--version', 'r 7']);
    expect(server.heard).toEqual(['POST /api/v1/gate/tasks?product=retail&version=2.3.1', 'POST /api/v1/gate/tasks?product=%E9%9B%B6%E5%94%AE&version=r+7']);
    expect((await tributary(['gate', 'upload', file, '-q'])).stdout).toBe(`${taskId}\n`);
  });

  it('an upload that breaks is tried again under the same key, and that is said', async () => {
    const keys: unknown[] = [];
    server.handle(async (request, response) => {
      if (keys.push(request.headers['idempotency-key']) < 3) request.socket.destroy();
      else {
        await drained(request);
        json(response, 202, accepted);
      }
    });
    writeFileSync(file, Buffer.alloc(2_000_000, 7));
    const { code, stderr } = await tributary(['gate', 'upload', file]);
    expect([code, new Set(keys).size, keys.length]).toEqual([0, 1, 3]);
    expect(stderr.match(/no second task is made/g)).toHaveLength(2);
  });

  it('Ctrl-C while it watches says how to come back and ends with 130', async () => {
    server.handle(async (request, response) => {
      if (request.method === 'POST') {
        await drained(request);
        json(response, 202, accepted);
      } else response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    });
    const ended = await tributary(['gate', 'upload', file, '--wait'], { during: (interrupt) => setTimeout(interrupt, 300) });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain(`tributary gate watch ${taskId} --url ${server.url}`);
    expect(ended.stdout).toBe('');
  });

  it('a server that does not come back is given up after five minutes, and how to come back is said', async () => {
    let nowMs = 0;
    let streams = 0;
    server.handle(async (request, response) => {
      if (request.method === 'POST') {
        request.resume();
        await new Promise((resolve) => request.once('end', resolve));
        json(response, 202, accepted);
      } else if (++streams === 1) response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': hello\n\n');
      else json(response, 503, problem(503, 'UNAVAILABLE'));
    });
    const ended = await tributary(['gate', 'upload', file, '--wait'], { now: () => (nowMs += 20_000) });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('UNAVAILABLE');
    expect(ended.stderr).toContain(`tributary gate watch ${taskId}`);
    expect(nowMs).toBeGreaterThan(300_000);
  });

  it('a problem document is told with places, trace and the way out', async () => {
    const errors = [
      { line: 3, column: 9, code: 'UNKNOWN_VARIABLE', message: 'no such variable' },
      { parameter: 'product', code: 'INVALID_PRODUCT', message: 'too long' },
    ];
    server.handle((_, response) => {
      json(response, 400, problem(400, 'INVALID_UPLOAD', { errors, traceId: 'abc' }), { connection: 'close' });
    });
    const { code, stderr } = await tributary(['gate', 'upload', file]);
    expect(code).toBe(2);
    for (const part of ['A title (400, INVALID_UPLOAD)', 'a detail', '3:9: no such variable (UNKNOWN_VARIABLE)', 'product: too long', 'trace abc'])
      expect(stderr).toContain(part);
    const { stderr: machine } = await tributary(['gate', 'upload', file, '--json']);
    expect(JSON.parse(machine)).toMatchObject({ error: { code: 'INVALID_UPLOAD', problem: { errors } } });
  });

  it('nothing that a server says moves the cursor or colours the terminal', async () => {
    const evil = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp\nfake line';
    server.handle((request, response) => {
      const url = request.url ?? '';
      const finding = { type: 'SQL', ruleId: evil, severity: 'error', message: evil, location: { path: evil, sheet: evil }, fingerprint: 'f' };
      if (url.includes('/findings')) json(response, 200, { items: [finding] });
      else if (url.includes('/facts'))
        json(response, 200, { items: [factNumber(1, 'SubTaskDeclined', { subTaskType: evil, detail: evil }), factNumber(2, evil)] });
      else if (url.includes('/explanation'))
        json(response, 200, {
          ...explanation,
          text: evil,
          rule: { id: evil, text: evil, values: {} },
          conflicts: [{ kind: evil }],
          counterfactuals: [{ change: {}, wouldBe: 'FAILED', text: evil }],
        });
      else if (url.includes('tasks?')) json(response, 200, { items: [taskWith('SUCCESS', 1, { product: evil, version: evil })] });
      else if (url.includes('bad')) json(response, 404, problem(404, 'X', { detail: evil, title: evil }));
      else
        json(
          response,
          200,
          taskWith('SUCCESS', 1, { product: evil, version: evil, participants: [{ ...joined, kind: 'declined', type: evil, reason: evil }] }),
        );
    });
    for (const words of ['list', `show ${taskId}`, `explain ${taskId}`, `facts ${taskId}`, `findings ${taskId}`, 'show bad@1']) {
      const { stdout, stderr } = await tributary(['gate', ...words.split(' ')]);
      expect([words, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(stdout + stderr)]).toEqual([words, false]); // eslint-disable-line no-control-regex -- control characters are what must not be there
      expect([words, /^fake line/m.test(stdout + stderr)]).toEqual([words, false]);
    }
  });

  it('a report is there whole or not at all, and overwrites nothing unasked', async () => {
    let torn = true;
    server.handle((request, response) => {
      if (!request.url?.includes('/report')) json(response, 200, taskWith('SUCCESS', 1));
      else {
        response.writeHead(200, {
          'content-type': 'text/csv',
          'content-disposition': 'attachment; filename="../../retail.csv"',
          ...(torn && { 'content-length': '100' }),
        });
        if (torn) response.write('a,b\n', () => response.destroy());
        else response.end('a,b\n');
      }
    });
    const report = ['gate', 'report', taskId, '--format', 'csv'];
    const broken = await tributary(report);
    expect([broken.code, readdirSync(folder)]).toEqual([2, ['retail-2.3.1.zip']]);
    torn = false;
    expect((await tributary(report)).code).toBe(0);
    expect(readFileSync(join(folder, 'retail.csv'), 'utf8')).toBe('a,b\n');
    const again = await tributary(report);
    expect([again.code, /already/.test(again.stderr)]).toEqual([2, true]);
    expect((await tributary([...report, '--force', '--json'])).code).toBe(0);
    expect((await tributary([...report, '-o', '-'])).stdout).toBe('a,b\n');
  });

  it('watch --json is a stream of facts and, last, the verdict', async () => {
    const { stdout } = await tributary(['gate', 'watch', taskId, '--json']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.slice(0, 3)).toEqual(ledger.facts);
    expect(lines[3]).toMatchObject({ taskId, status: 'SUCCESS', revision: 1, explanation });
  });

  it('a name that begins several ids names none of them', async () => {
    const other = `${taskId.slice(0, -1)}2`;
    server.handle((_, response) => {
      json(response, 200, { items: [taskWith('SUCCESS', 1), taskWith('FAILED', 1, { taskId: other })] });
    });
    const { code, stderr } = await tributary(['gate', 'show', taskId.slice(0, 8)]);
    expect([code, stderr.includes(taskId) && stderr.includes(other)]).toEqual([2, true]);
    expect((await tributary(['gate', 'show', other.slice(0, 35), '--json'])).code).toBe(2);
  });

  it('the token comes from where it was said to be, and is asked for when it is missing', async () => {
    const seen: unknown[] = [];
    server.handle((request, response) => {
      seen.push(request.headers.authorization);
      if (request.headers.authorization === undefined) json(response, 401, problem(401, 'UNAUTHENTICATED'));
      else json(response, 200, { items: [] });
    });
    writeFileSync(join(folder, 'token'), 'from-file\n');
    await tributary(['gate', 'list', '--token', 'given'], { environment: { TRIBUTARY_TOKEN: 'surroundings' } });
    await tributary(['gate', 'list', '--token-file', 'token'], { environment: { TRIBUTARY_TOKEN: 'surroundings' } });
    await tributary(['gate', 'list'], { environment: { TRIBUTARY_TOKEN: 'surroundings' } });
    const refused = await tributary(['gate', 'list']);
    expect(seen).toEqual(['Bearer given', 'Bearer from-file', 'Bearer surroundings', undefined]);
    expect([refused.code, /--token-file/.test(refused.stderr)]).toEqual([2, true]);
  });
});

describe('names of packages', () => {
  it.each([
    ['retail-2.3.1.zip', 'retail', '2.3.1'],
    ['build/retail_mart-v2.0-rc.1.zip', 'retail_mart', '2.0-rc.1'],
    ['零售-2026.11.ZIP', '零售', '2026.11'],
    ['retail-7.zip', 'retail', '7'],
    ['retail-store-2.3.1+build.5.zip', 'retail-store', '2.3.1+build.5'],
    ['retail.zip', undefined, undefined],
    ['-1.0.zip', undefined, undefined],
    ['re tail-1.0.zip', undefined, undefined],
  ])('%s', (fileName, product, version) => {
    expect(namedIn(fileName)).toEqual(product === undefined ? undefined : { product, version });
  });
});
