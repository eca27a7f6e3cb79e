/** The examples do what their README says. */
import { startSystem, type System } from '../testing/system';
import { exampleNamed, prepareCommandLine, tributary } from '../testing/tributary';

const quick = JSON.stringify({ participationMs: 3_000, gapMs: 300, deadlineMs: 60_000 });

interface Finding {
  readonly type: string;
  readonly severity: string;
  readonly ruleId: string;
}

const names = ['retail-2.3.0', 'retail-2.3.1', 'handbook-1.0.0'] as const;
const hostile = [
  ['hostile-zip-slip', 'NAME_TRAVERSAL'],
  ['hostile-bomb', 'RATIO_TOO_HIGH'],
  ['hostile-duplicate-names', 'NAME_DUPLICATE'],
  ['hostile-symlink', 'SYMLINK'],
  ['hostile-two-faces', 'LOCAL_HEADER_DIFFERS'],
  ['hostile-truncated', 'END_MISSING'],
] as const;

describe('the examples', () => {
  let system: System;
  beforeAll(async () => {
    prepareCommandLine();
    system = await startSystem({ kind: 'standalone' });
    for (const name of [...names, ...hostile.map(([each]) => each)]) verdicts.set(name, ask(name));
    await Promise.all(verdicts.values());
  }, 240_000);
  afterAll(() => system.stop(), 60_000);

  /** All at once: every one waits for its window. */
  const verdicts = new Map<string, ReturnType<typeof ask>>();

  async function ask(name: string): Promise<{ readonly status: string; readonly rule: string; readonly findings: readonly Finding[] }> {
    const uploaded = await tributary('gate', 'upload', exampleNamed(name), '--product', name, '--wait', '--json', '--policy', quick, '--url', system.url);
    const { taskId, status, explanation } = JSON.parse(uploaded.stdout) as { taskId: string; status: string; explanation: { rule: { id: string } } };
    const found = await tributary('gate', 'findings', taskId, '--limit', '500', '--json', '--url', system.url);
    return { status, rule: explanation.rule.id, findings: (JSON.parse(found.stdout) as { items: Finding[] }).items };
  }

  async function verdictOf(name: string): ReturnType<typeof ask> {
    const found = await verdicts.get(name);
    if (!found) throw new Error(`${name} was not uploaded`);
    return found;
  }

  it('[Z-015] retail 2.3.0 is clean: SQL, EXCEL and WEDATA find nothing above a hint', async () => {
    const { status, rule, findings } = await verdictOf('retail-2.3.0');
    expect([status, rule]).toEqual(['SUCCESS', 'ALL_SUCCEEDED']);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('retail 2.3.1 has defects of every kind, in every severity', async () => {
    const { status, findings } = await verdictOf('retail-2.3.1');
    expect(status).toBe('FAILED');
    const rulesOf = (type: string): number => new Set(findings.filter((each) => each.type === type).map(({ ruleId }) => ruleId)).size;
    for (const type of ['SQL', 'EXCEL', 'WEDATA']) expect([type, rulesOf(type) >= 6]).toEqual([type, true]);
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['blocker', 'error', 'warning', 'info']));
  });

  it('the handbook is nothing that anybody scans', async () => {
    expect(await verdictOf('handbook-1.0.0')).toEqual({ status: 'FAILED', rule: 'NO_PARTICIPANTS', findings: [] });
  });

  it.each(hostile)('%s is refused as %s, by the gate and by the check on the own machine alike', async (name, code) => {
    const checked = await tributary('package', 'check', exampleNamed(name), '--json');
    expect([checked.code, (JSON.parse(checked.stdout) as { code: string }).code]).toEqual([1, code]);
    const { status, findings } = await verdictOf(name);
    expect(status).toBe('FAILED');
    expect(findings.map(({ type, severity, ruleId }) => [type, severity, ruleId])).toEqual([['PACKAGE', 'blocker', expect.stringContaining(code)]]);
  });
});
