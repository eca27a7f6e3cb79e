/** The command line on the real system, as a build server runs it: no terminal, exit codes that decide. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Door, openDoor } from '../testing/door';
import { GateClient } from '../testing/gate-client';
import { startSystem, type System } from '../testing/system';
import { type CommandEnded, exampleNamed, prepareCommandLine, startTributary, tributary } from '../testing/tributary';

const quick = JSON.stringify({ participationMs: 2_000, gapMs: 300, deadlineMs: 60_000 });
/** Long enough to do something in the middle. */
const slow = JSON.stringify({ participationMs: 12_000, gapMs: 500, deadlineMs: 60_000 });
const good = (): string => exampleNamed('retail-2.3.0');
const bad = (): string => exampleNamed('retail-2.3.1');

describe('the command line on a running system', () => {
  let system: System;
  let door: Door;
  let folder: string;
  /** Lasting, for a system that is started anew. */
  let url: string;

  beforeAll(async () => {
    prepareCommandLine();
    folder = mkdtempSync(join(tmpdir(), 'tributary-cli-'));
    system = await startSystem({ kind: 'standalone' });
    door = await openDoor(system.url);
    url = door.url;
  }, 240_000);
  afterAll(async () => {
    await door.close();
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  function upload(file: string, ...more: readonly string[]): Promise<CommandEnded> {
    return tributary('gate', 'upload', file, '--url', url, '--policy', quick, ...more);
  }

  it('ends with 0 for SUCCESS and with 1 for FAILED, the verdict on stdout and the course on stderr, without colours', async () => {
    const [passed, failed] = await Promise.all([upload(good(), '--wait'), upload(bad(), '--wait')]);
    expect([passed.code, failed.code]).toEqual([0, 1]);
    expect(passed.stdout).toMatch(/^✔ Passed \(SUCCESS\) {2}retail 2\.3\.0/);
    expect(failed.stdout).toMatch(/^✖ Failed \(FAILED\) {2}retail 2\.3\.1/);
    expect(failed.stderr).toMatch(/product retail, version 2\.3\.1, from the file name/);
    expect(failed.stderr).toMatch(/SQL takes part\n/);
    for (const { stdout, stderr } of [passed, failed]) expect(stdout + stderr).not.toContain('\u001b');
  });

  it('--fail-on says which verdicts a build minds', async () => {
    const [failed, never] = await Promise.all([upload(bad(), '-w', '--fail-on', 'failed'), upload(bad(), '-w', '--fail-on', 'never', '--quiet')]);
    expect([failed.code, never.code]).toEqual([1, 0]);
    expect(never.stderr).toBe('');
    expect(never.stdout.split('\n')).toHaveLength(2);
  });

  it('--json is one document, and nothing else', async () => {
    const { code, stdout, stderr } = await upload(bad(), '--wait', '--json');
    expect([code, stderr]).toEqual([1, '']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      status: 'FAILED',
      revision: 1,
      task: { product: 'retail', version: '2.3.1' },
      explanation: { rule: { id: 'ALL_FAILED' } },
    });
    expect(document.task.taskId).toBe(document.taskId);
  });

  it('ends with 2 where it cannot find out: nobody there, refused, not in time', async () => {
    const noZip = join(folder, 'no.zip');
    writeFileSync(noZip, 'this is no zip');
    const late = JSON.stringify({ participationMs: 30_000, gapMs: 100, deadlineMs: 60_000 });
    const [nobody, refused, timedOut, invalid] = await Promise.all([
      tributary('gate', 'upload', good(), '--url', 'http://127.0.0.1:9', '--wait'),
      upload(noZip, '--wait'),
      tributary('gate', 'upload', good(), '--url', url, '--policy', late, '--wait', '--timeout', '3s'),
      tributary('gate', 'upload', good(), '--url', url, '--policy', '{"participationMs": 5, "deadlineMs": 1, "oops": 1}', '--lang', 'zh'),
    ]);
    expect([nobody.code, refused.code, timedOut.code, invalid.code]).toEqual([2, 2, 2, 2]);
    expect(refused.stderr).toContain('NOT_A_ZIP');
    expect(timedOut.stderr).toMatch(/no verdict within 3 s/);
    expect(timedOut.stderr).toMatch(/tributary gate watch [0-9a-f-]{36} --url/);
    expect(invalid.stderr).toContain('UNKNOWN_FIELD');
    for (const { stdout } of [nobody, refused, timedOut, invalid]) expect(stdout).toBe('');
  });

  it('Ctrl-C leaves the task running and says how to come back', async () => {
    const running = startTributary(['gate', 'upload', good(), '--url', url, '--policy', slow, '--wait']);
    const [, taskId = ''] = await running.says('stderr', /task ([0-9a-f-]{36})/);
    await running.says('stderr', /SQL/);
    // As npm does it: from the terminal, and handed on.
    running.signal('SIGINT');
    running.signal('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    const [, back = ''] = /\n {2}tributary (gate watch .*)\n/.exec(stderr) ?? [];
    expect(back).toBe(`gate watch ${taskId} --url ${url}`);
    const again = await tributary(...back.split(' '));
    expect([again.code, /SUCCESS/.test(again.stdout)]).toEqual([0, true]);
  });

  it('watches on when the server is stopped and started anew, and tells every fact once', async () => {
    const taskId = await new GateClient(system.url).upload(readFileSync(bad()), { policy: JSON.parse(slow) as object });
    const running = startTributary(['gate', 'watch', taskId, '--url', url, '--json']);
    await running.says('stdout', /SubTaskFailed/);
    door.leadTo(undefined);
    await system.stop({ keepData: true });
    system = await startSystem({ kind: 'standalone' }, system);
    door.leadTo(system.url);
    const { code, stdout } = await running.ended;
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, any>);
    const facts = lines.slice(0, -1);
    expect([code, lines.at(-1)!['status']]).toEqual([1, 'FAILED']);
    const told = await new GateClient(system.url).facts(taskId);
    expect(facts.map(({ id }) => id)).toEqual(told.slice(0, facts.length).map(({ id }) => id));
    expect(facts.at(-1)!['type']).toBe('MainTaskConverged');
  }, 240_000);

  it('finds a task by how its id begins, by product and version, and as the latest', async () => {
    const { stdout } = await upload(good(), '--product', '零售-验收', '--version', '7.0', '--wait', '--json');
    const { taskId } = JSON.parse(stdout) as { taskId: string };
    for (const name of [taskId, taskId.slice(0, 18), '零售-验收@7.0', '零售-验收', 'latest']) {
      const shown = await tributary('gate', 'show', name, '--url', url, '--json');
      expect([name, (JSON.parse(shown.stdout) as { taskId: string }).taskId]).toEqual([name, taskId]);
    }
  });

  it('a rescan is waited for, and is a revision of its own', async () => {
    const { stdout } = await upload(good(), '--product', 'again', '--version', '1', '--wait', '--json');
    const { taskId } = JSON.parse(stdout) as { taskId: string };
    const { code, stdout: second } = await tributary('gate', 'rescan', taskId, '--wait', '--json', '--url', url);
    expect([code, (JSON.parse(second) as { revision: number }).revision]).toEqual([0, 2]);
  });

  it('cancels, lists, explains, and keeps a report', async () => {
    const { stdout } = await tributary('gate', 'upload', good(), '--url', url, '--policy', slow, '--quiet');
    const taskId = stdout.trim();
    expect((await tributary('gate', 'cancel', taskId, '--url', url, '--reason', 'wrong file')).code).toBe(0);
    const watched = await tributary('gate', 'watch', taskId, '--url', url);
    expect([watched.code, /CANCELLED/.test(watched.stdout)]).toEqual([2, true]);
    expect((await tributary('gate', 'list', '--status', 'CANCELLED', '--url', url)).stdout).toContain(taskId);
    expect((await tributary('gate', 'explain', taskId, '--url', url, '--lang', 'zh')).stdout).toContain('已取消');
    const file = join(folder, 'retail.sarif');
    const report = ['gate', 'report', 'retail@2.3.1', '--format', 'sarif', '-o', file, '--url', url];
    expect((await tributary(...report)).code).toBe(0);
    expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe('2.1.0');
    const again = await tributary(...report);
    expect([again.code, /exists already/.test(again.stderr)]).toEqual([2, true]);
  });

  it('publishes a policy, and names its faults with their places in the file', async () => {
    const file = join(folder, 'strict.yaml');
    writeFileSync(file, 'participationMs: 1000\ngapMs: 100\nrules:\n  - id: SQL_IS_A_MUST\n    when: "!(\'SQL\' in typos)"\n    status: FAILED\n');
    const refused = await tributary('policy', 'put', 'strict', file, '--url', url);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(`${file}:5:23: error`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('typos', 'types'));
    const put = await tributary('policy', 'put', 'strict', file, '--url', url, '--json');
    expect([put.code, (JSON.parse(put.stdout) as { revision: number }).revision]).toEqual([0, 1]);
    const ruled = await tributary('gate', 'upload', exampleNamed('handbook-1.0.0'), '--policy', 'strict', '-w', '--json', '--url', url);
    expect((JSON.parse(ruled.stdout) as { explanation: { rule: { id: string } } }).explanation.rule.id).toBe('SQL_IS_A_MUST');
  });

  it('the doctor finds nothing to complain of, and has no dead letters to list', async () => {
    const { code, stdout } = await tributary('doctor', '--url', url, '--json');
    const { well, checks } = JSON.parse(stdout) as { well: boolean; checks: { check: string; state: string }[] };
    expect([code, well]).toEqual([0, true]);
    expect(checks.map(({ check }) => check)).toEqual(['node', 'reachable', 'ready', 'clock', 'version', 'token', 'policies', 'deadLetters']);
    expect(JSON.parse((await tributary('dead-letters', 'list', '--url', url, '--json')).stdout)).toEqual({ items: [] });
    expect((await tributary('doctor', '--url', 'http://127.0.0.1:9')).code).toBe(2);
  });
});
