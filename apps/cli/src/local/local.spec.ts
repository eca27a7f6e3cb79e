/** What needs no server: packages, policies, simulations; and the doctor, who looks for one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeZip } from '../../../../libs/package-reader/testing/zip-writer';
import { json, problem, startScriptedServer } from '../../../../libs/api-client/src/testing/scripted-server';
import { commandLine } from '../testing/command-line';
import { checkPolicyText } from './policy-file';

describe('commands on files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-spec-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function file(name: string, content: string | Buffer): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  it('package check lists a sound package', async () => {
    const { code, stdout } = await commandLine(['package', 'check', file('a.zip', writeZip([{ name: 'sql/订单.sql', data: 'SELECT 1;\n' }])), '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { kind: 'readable', entries: [{ path: 'sql/订单.sql', size: 10 }] }]);
  });

  it.each([
    ['one that leads out', writeZip([{ name: '../up.sql', data: 'x' }]), 'NAME_TRAVERSAL'],
    ['no zip', Buffer.from('this is no zip at all, not even nearly'), 'NOT_A_ZIP'],
    ['a wrong checksum', writeZip([{ name: 'a.sql', data: 'SELECT 1;', crc: 7 }]), 'ENTRY_CORRUPT'],
  ])('package check refuses %s in both languages, and for programs', async (_, bytes, code) => {
    const name = file('a.zip', bytes);
    for (const language of ['en', 'zh']) {
      const told = await commandLine(['package', 'check', name, '--lang', language]);
      expect([told.code, told.stdout.includes(code), told.stderr]).toEqual([1, true, '']);
    }
    expect(JSON.parse((await commandLine(['package', 'check', name, '--json'])).stdout)).toMatchObject({ kind: 'refused', code });
  });

  it('policy check places every fault in the file', async () => {
    const text = 'participationMs: -1\noops: 3\nrules:\n  - id: A\n    when: |\n      total["error"] > 1 &&\n        nosuch > 3\n    status: FAILED\n';
    const first = await commandLine(['policy', 'check', file('p.yaml', text)]);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/p\.yaml:1:18: error .* INVALID_VALUE\n.*p\.yaml:2:1: error .* UNKNOWN_FIELD\n/);
    const { errors } = checkPolicyText(text.split('\n').slice(2).join('\n'), 'en');
    expect(errors).toMatchObject([{ code: 'UNKNOWN_VARIABLE', line: 5, column: 9 }]);
    const plainly = checkPolicyText('{"rules": [{"id": "A", "when": "1 > nosuch", "status": "FAILED"}]}', 'zh');
    expect(plainly.errors).toMatchObject([{ line: 1, column: 37 }]);
    expect(checkPolicyText('rules: [', 'en').errors).toMatchObject([{ line: 1 }]);
    expect(checkPolicyText('gapMs: 10\n', 'en')).toMatchObject({ policy: { gapMs: 10 }, errors: [], warnings: [] });
  });

  const events = 'facts:\n  - { at: 0.5s, joins: SQL }\n  - { at: 1s, passes: SQL }\n  - { at: 5s, joins: EXCEL }\n  - { at: 6s, fails: EXCEL }\n';

  it('simulate shows how default and fast differ', async () => {
    const { code, stdout } = await commandLine(['policy', 'simulate', file('f.yaml', events), '--json']);
    const { simulations } = JSON.parse(stdout) as { simulations: Record<string, unknown>[] };
    expect(code).toBe(0);
    expect(simulations.map(({ policy, status, closedAtMs, late }) => [policy, status, closedAtMs, late])).toEqual([
      ['default', 'PARTIAL_SUCCESS', 10_000, []],
      ['fast', 'SUCCESS', 2_000, ['EXCEL']],
    ]);
    const drawn = await commandLine(['policy', 'simulate', file('f.yaml', events), '--lang', 'zh']);
    expect(drawn.stdout).toMatch(/EXCEL.*▷.*✖/);
    expect(drawn.stdout).toContain('迟到：EXCEL');
  });

  it('simulate takes policies from files, and knows a cancel', async () => {
    const policy = file('strict.yaml', 'participationMs: 1000\ngapMs: 100\nrules:\n  - { id: NO_EXCEL, when: "!(\'EXCEL\' in types)", status: FAILED }\n');
    const { stdout } = await commandLine([
      'policy',
      'simulate',
      file('f.yaml', `${events}  - { at: 0.8s, cancels: true }\n`),
      '--policy',
      policy,
      '--policy',
      'default',
      '--json',
    ]);
    const { simulations } = JSON.parse(stdout) as { simulations: Record<string, unknown>[] };
    expect(simulations.map(({ status, closedAtMs }) => [status, closedAtMs])).toEqual([['CANCELLED', 800], ['CANCELLED', 800]]); // prettier-ignore
    const ruled = await commandLine(['policy', 'simulate', file('f.yaml', events), '--policy', policy, '--json']);
    expect(JSON.parse(ruled.stdout)).toMatchObject({ simulations: [{ rule: 'NO_EXCEL', status: 'FAILED' }] });
  });

  it.each([
    ['facts: 5', 'f.yaml:1: a list of events'],
    ['facts:\n  - { at: 1s, joins: SQL }\n  - { at: 1s, jions: SQL }', 'f.yaml:3: an event has "at"'],
    ['facts:\n  - { at: soon, joins: SQL }', 'f.yaml:2: "soon" is no time'],
    ['facts:\n  - { at: 1s, joins: sql }', 'f.yaml:2: "sql" is no type'],
  ])('simulate says where a file is wrong: %j', async (text, sentence) => {
    const { code, stderr } = await commandLine(['policy', 'simulate', file('f.yaml', text)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});

describe('the doctor', () => {
  it('names what is wrong, and what to do about it', async () => {
    const server = await startScriptedServer((request, response) => {
      const url = request.url ?? '';
      if (url === '/healthz') json(response, 200, { status: 'alive' });
      else if (url === '/readyz') json(response, 503, { status: 'not ready', missing: ['the database'] }, { date: 'Thu, 01 Jan 2026 00:01:00 GMT' });
      else if (url === '/openapi.json') json(response, 200, { info: { version: '2.0.0' } });
      else json(response, 401, problem(401, 'UNAUTHENTICATED'));
    });
    const { code, stdout } = await commandLine(['doctor', '--url', server.url, '--json'], { nodeVersion: '22.1.0' });
    await server.stop();
    const { checks } = JSON.parse(stdout) as { checks: { check: string; state: string; todo?: string }[] };
    expect(code).toBe(1);
    expect(checks.map(({ check, state }) => [check, state])).toEqual([
      ['node', 'bad'],
      ['reachable', 'good'],
      ['ready', 'bad'],
      ['clock', 'fair'],
      ['version', 'fair'],
      ['token', 'bad'],
    ]);
    expect(checks.filter(({ state, todo }) => state !== 'good' && todo === undefined)).toEqual([]);
  });

  it('another program on the port is no Tributary', async () => {
    const server = await startScriptedServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
    });
    const { code, stdout } = await commandLine(['doctor', '--url', server.url]);
    await server.stop();
    expect([code, stdout]).toEqual([2, expect.stringContaining('not as Tributary does')]);
  });
});
