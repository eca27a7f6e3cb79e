/** `npm run new` makes what works: in a copy of the repository, with tests that pass, a page, and nothing to say for tidy. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchTree } from './testing/scratch-tree';

const tree = new ScratchTree();
afterAll(() => {
  tree.remove();
});

const read = (path: string): string => readFileSync(join(tree.root, path), 'utf8');
const make = (...argv: string[]): { code: number | null; said: string } => {
  const run = tree.node('tools/new.mjs', ...argv);
  return { code: run.status, said: run.stdout + run.stderr };
};
const passes = (project: string, ...pattern: string[]): void => {
  const { success, numPassedTests, said } = tree.test(project, ...pattern);
  expect({ success, said: success ? '' : said.slice(-3_000) }).toEqual({ success: true, said: '' });
  expect(numPassedTests).toBeGreaterThan(0);
};

it('[Z-006 Z-047] a worker takes part, is in the list that launchers read, and has a page', () => {
  expect(make('worker', 'data-quality')).toMatchObject({ code: 0, said: expect.stringContaining('Its tests:') });
  passes('apps/data-quality-worker');
  passes('libs/lineup');
  expect(read('docs/workers.md')).toContain('## data-quality-worker');
  expect(read('docs/architecture.md')).toContain('`apps/data-quality-worker`');
  const types = tree.node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'apps/data-quality-worker/tsconfig.json');
  expect({ code: types.status, said: types.stdout }).toEqual({ code: 0, said: '' });
}, 240_000);

it.each(['sql', 'excel', 'wedata'])(
  'a rule for %s runs with its examples, and has a page',
  (pack) => {
    expect(make('rule', 'leave-it-open', '--for', pack).code).toBe(0);
    passes(`libs/${pack}-rules`, 'rules.spec');
    expect(read(`docs/rules/${pack}/leave-it-open.md`)).toContain(`# \`${pack}/leave-it-open\``);
    expect(read('docs/rules/README.md')).toContain(`${pack}/leave-it-open.md`);
  },
  120_000,
);

it.each([
  ['ArchiveInspected', [], 'gate.facts'],
  ['SampleTaken', ['--topic', 'scan'], 'scan.facts'],
] as const)(
  'a fact, %s, is in the catalogue with a schema',
  (name, options, topic) => {
    expect(make('fact', name, ...options).code).toBe(0);
    passes('libs/facts');
    expect(read('docs/facts.md')).toContain(`### ${name}`);
    expect(read('docs/facts.md')).toMatch(new RegExp(`Topic \`${topic}\``));
    expect(JSON.parse(read(`docs/generated/schemas/${name}/1.json`))).toMatchObject({ title: name });
  },
  120_000,
);

it('a decision has the next number and a line in the map', () => {
  const last = Math.max(...[...read('docs/README.md').matchAll(/\(adr\/(\d{4})-/g)].map(([, number]) => Number(number)));
  const number = String(last + 1).padStart(4, '0');
  expect(make('adr', 'keep-it-small').code).toBe(0);
  expect(read(`docs/adr/${number}-keep-it-small.md`)).toContain(`# ${number}: Keep it small`);
  expect(read('docs/README.md')).toContain(`| [${number}](adr/${number}-keep-it-small.md) | Keep it small |`);
}, 60_000);

it('everything together is tidy, formatted, linked, and as the pages say', () => {
  spawnSync('git', ['init', '-q'], { cwd: tree.root });
  expect(tree.node('tools/tidy.mjs').stdout).toContain('nothing to say');
  const formatted = tree.node(
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    'apps/data-quality-worker/**/*.ts',
    'libs/*-rules/**/*.ts',
    'libs/facts/**/*.ts',
  );
  expect({ code: formatted.status, said: formatted.stderr }).toEqual({ code: 0, said: '' });
  passes('apps/docs', 'printed-files.spec', 'links.spec');
}, 240_000);

it.each([
  [['worker', 'sql'], 'There is a sql worker already'],
  [['worker', 'we-data'], 'called nearly the same'],
  [['worker', 'common'], 'says nothing about what is inside'],
  [['worker', '../x'], 'is no name for a worker'],
  [['worker'], 'What is the worker called?'],
  [['worker', 'a', 'b'], 'one too many'],
  [['rule', 'select-star', '--for', 'sql'], 'There is a rule sql/select-star already'],
  [['rule', 'x'], 'For which worker is the rule?'],
  [['rule', 'x', '--for', 'sql', '--in', 'attic'], 'has no folder "attic"'],
  [['fact', 'ZipUploaded'], 'There is a fact ZipUploaded already'],
  [['fact', 'ScanPackage'], 'past tense'],
  [['fact', 'scanned'], 'is no name for a fact'],
  [['adr', 'routes-as-data'], 'There is a decision "routes-as-data" already'],
  [['poem', 'x'], 'is none of worker, rule, fact, adr'],
  [['worker', 'x', '--colour', 'red'], '--help'],
])('%j is refused with a sentence, and nothing is written', (argv, sentence) => {
  const { code, said } = make(...argv);
  expect([code, said]).toEqual([2, expect.stringContaining(sentence)]);
  expect(said).not.toContain('    at ');
  expect(existsSync(join(tree.root, 'apps/x-worker'))).toBe(false);
});

it('says what it takes', () => {
  expect(make('--help')).toMatchObject({ code: 0, said: expect.stringContaining('npm run new -- worker NAME') });
});

it('says all of it to who reads Chinese, too', async () => {
  const chinese = { TRIBUTARY_LANG: 'zh' };
  const [help, refused, made] = [
    await tree.shell('node tools/new.mjs --help', chinese),
    await tree.shell('node tools/new.mjs rule Wrong --for sql', chinese),
    await tree.shell('node tools/new.mjs rule keep-it-short --for sql', chinese),
  ];
  expect([help.code, refused.code, made.code]).toEqual([0, 2, 0]);
  expect(help.output).toContain('生成可以直接运行的内容');
  expect(refused.output).toBe('“Wrong”不能作为名称：请使用以连字符连接的小写单词，最多 40 个字符，例如 select-star。\n');
  expect(made.output).toMatch(
    /\n测试： {2}TRIBUTARY_TIER=unit npx jest --rootDir=libs\/sql-rules[^]*keep-it-short\.md 是它的页面，npm run docs 会重新生成。\n/,
  );
}, 60_000);
