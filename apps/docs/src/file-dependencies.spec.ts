/** Circles between files, rules that lean on rules, and files that nobody needs fail dependency-cruiser with the project's own rules. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

describe('files that need each other', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-boundaries-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json']) cpSync(join(root, file), join(folder, file));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What dependency-cruiser says of these files with the project's own rules. */
  function cruise(files: Readonly<Record<string, string>>): { status: number | null; violations: { rule: string; comment?: string; from: string }[] } {
    rmSync(join(folder, 'libs'), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const depcruise = join(root, 'node_modules/.bin/depcruise');
    const run = spawnSync(process.execPath, [depcruise, 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (run.stdout === '') throw new Error(run.stderr);
    const { summary } = JSON.parse(run.stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[]; ruleSetUsed: { forbidden: { name: string; comment: string }[] } };
    };
    const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
    return { status: run.status, violations: summary.violations.map(({ from, rule }) => ({ rule: rule.name, comment: comments.get(rule.name)!, from })) };
  }

  it('in a circle fail', () => {
    const { violations } = cruise({
      'libs/a/src/one.ts': "import { two } from './two';\nexport const one = (): number => two();\n",
      'libs/a/src/two.ts': "import { one } from './one';\nexport const two = (): number => one();\n",
    });
    expect(violations).toContainEqual(expect.objectContaining({ rule: 'no-cycles', comment: 'A cycle is one module pretending to be two.' }));
  });

  it('fail where one is a rule that leans on another rule', () => {
    const { violations } = cruise({
      'libs/x-rules/src/one.rule.ts': "import { two } from './two.rule';\nexport const one = two;\n",
      'libs/x-rules/src/two.rule.ts': 'export const two = 2;\n',
    });
    expect(violations).toEqual([
      { rule: 'rules-do-not-know-each-other', comment: expect.stringContaining('both should share'), from: 'libs/x-rules/src/one.rule.ts' },
    ]);
  });

  it('fail where nobody needs them', () => {
    const { violations } = cruise({ 'libs/a/src/alone.ts': 'export const alone = 1;\n' });
    expect(violations).toEqual([{ rule: 'no-orphans', comment: expect.stringContaining('dead'), from: 'libs/a/src/alone.ts' }]);
  });

  it('in a line pass', () => {
    const { status, violations } = cruise({
      'libs/a/src/one.ts': "import { two } from './two';\nexport const one = two;\n",
      'libs/a/src/two.ts': 'export const two = 2;\n',
    });
    expect({ status, violations }).toEqual({ status: 0, violations: [] });
  });
});
