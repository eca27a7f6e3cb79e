/** `npm run tidy` finds what it says it finds, and nothing in a tidy repository. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const tidy = resolve(__dirname, '../../../tools/tidy.mjs');
const opening = '/** What it is for. */\n';

/** As little as a tidy repository has. */
const sound: Readonly<Record<string, string>> = {
  'README.md': '# r\n',
  'README.zh-CN.md': '# r\n',
  LICENSE: '',
  'docs/README.md': '# d\n',
  'docs/architecture.md': '# a\n',
  'libs/a/project.json': '{}\n',
  'libs/a/README.md': '# a\n\nWhat it is for.\n',
  'libs/a/src/one.ts': `${opening}export const one = 1;\n`,
  'libs/a/src/one.spec.ts': "it('is one', () => undefined);\n",
};

/** What tidy says of the sound repository with these files added or replaced; `undefined` takes one away. */
function said(changes: Readonly<Record<string, string | undefined>>): { status: number | null; faults: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-tidy-'));
  try {
    for (const [path, text] of Object.entries({ ...sound, ...changes })) {
      if (text === undefined) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    spawnSync('git', ['init', '-q'], { cwd: folder });
    const run = spawnSync(process.execPath, [tidy, folder], { encoding: 'utf8' });
    return { status: run.status, faults: run.stdout.trim().split('\n').slice(0, -1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const code = (line: string): string => `${opening}${line}\n`;
// Put together, so that this file does not hold what it looks for.
const joined = (...parts: string[]): string => parts.join('');
const [unfinished, machine] = [joined('TO', 'DO'), joined('/', 'home/me/x')];
const [swallowed, unexplained, focused] = [joined('try { a(); } catch', ' {}'), joined('// eslint-', 'disable-next-line no-x'), joined('it', '.only')];

it('says nothing about a tidy repository', () => {
  expect(said({})).toEqual({ status: 0, faults: [] });
});

it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
  ['an empty name', { 'libs/a/src/date-utils.ts': code('') }, 'libs/a/src/date-utils.ts  "date-utils" says nothing'],
  ['an empty folder name', { 'libs/a/src/common/x.ts': code('') }, 'libs/a/src/common/x.ts  lies in a folder'],
  ['a name in another case', { 'libs/a/src/OneTwo.ts': code('') }, 'libs/a/src/OneTwo.ts  file names are kebab-case'],
  ['unfinished work', { 'libs/a/src/x.ts': code(`// ${unfinished} later`) }, 'libs/a/src/x.ts:2  something is left unfinished'],
  ['a swallowed error', { 'libs/a/src/x.ts': code(swallowed) }, 'libs/a/src/x.ts:2  an error is swallowed'],
  ['a check that is off', { 'libs/a/src/x.ts': code(unexplained) }, 'libs/a/src/x.ts:2  a check is turned off'],
  ['a focused test', { 'libs/a/src/x.spec.ts': `${focused}('x', () => undefined);\n` }, 'libs/a/src/x.spec.ts:1  other tests'],
  ['a test that is off', { 'libs/a/src/x.spec.ts': "it.skip('x', () => undefined);\n" }, 'libs/a/src/x.spec.ts:1  a test that never runs'],
  ['surroundings', { 'libs/a/src/x.ts': code("export const x = process.env['X'];") }, 'libs/a/src/x.ts:2  reads process.env'],
  ['the console', { 'libs/a/src/x.ts': code('console.log(1);') }, 'libs/a/src/x.ts:2  a library logs'],
  ['a machine', { 'docs/x.md': `see ${machine}\n` }, 'docs/x.md:1  names a path of one machine'],
  ['no opening', { 'libs/a/src/x.ts': 'export const x = 1;\n' }, 'libs/a/src/x.ts:1  opens without a sentence'],
  ['a long file', { 'libs/a/src/x.ts': code('export {};\n'.repeat(300)) }, 'libs/a/src/x.ts  302 lines, 300 at most'],
  ['a long function', { 'libs/a/src/x.ts': code(`function x() {\n${'  a();\n'.repeat(71)}}`) }, 'libs/a/src/x.ts:2  a function of 72 lines'],
  ['no README', { 'libs/a/README.md': undefined }, 'libs/a  has no README.md'],
  ['no first sentence', { 'libs/a/README.md': '# a\n' }, 'libs/a/README.md  has no first sentence'],
  ['no test', { 'libs/a/src/one.spec.ts': undefined }, 'libs/a  has no test'],
  ['no map', { 'docs/README.md': undefined }, 'docs/README.md  is missing'],
  ['addresses', { 'package-lock.json': '{ "resolved": "https://registry.example/x.tgz" }\n' }, 'package-lock.json  records download addresses'],
])('says so where there is %s', (_, changes, fault) => {
  const { status, faults } = said(changes);
  expect([status, faults]).toEqual([1, [expect.stringContaining(fault)]]);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ['an off check with its reason', { 'libs/a/src/x.ts': code(`${unexplained} -- because`) }],
  ['a skipped test with its reason', { 'libs/a/src/x.spec.ts': "it.skip('x', () => undefined); // needs a printer\n" }],
  ['a test that runs where it can', { 'libs/a/src/x.spec.ts': "(there ? it : it.skip)('x', () => undefined);\n" }],
  ['surroundings in a configuration', { 'libs/a/src/config.ts': code("export const x = process.env['X'];") }],
])('lets be %s', (_, changes) => {
  expect(said(changes)).toEqual({ status: 0, faults: [] });
});
