import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { excelRules } from '@tributary/excel-rules';
import { catalogue, defineFact } from '@tributary/facts';
import { sqlRules } from '@tributary/sql-rules';
import { wedataRules } from '@tributary/wedata-rules';
import { z } from 'zod';
import { factsPage } from './facts-page';
import { layerTable } from './layer-table';
import { type PrintedFile } from './markdown';
import { printedFiles, printedFolders } from './printed-files';
import { repositoryAt } from './repository';
import { shapeOf } from './schema-words';
import { commentsOf } from './settings-page';
import { sketchTables } from './sketch-table';

const root = resolve(__dirname, '../../..');
const repository = repositoryAt(root);
const { read } = repository;
let files: readonly PrintedFile[] = [];
beforeAll(async () => {
  files = await printedFiles(repository);
}, 60_000);

/** The line where a committed file differs; undefined when it does not. */
function driftOf({ path, text }: PrintedFile): string | undefined {
  if (!existsSync(join(root, path))) return `${path} is missing`;
  const committed = read(path).split('\n');
  const printed = text.split('\n');
  const line = printed.findIndex((wanted, at) => wanted !== committed[at]);
  if (line === -1 && committed.length === printed.length) return undefined;
  return `${path}:${String((line === -1 ? printed.length : line) + 1)} differs from what the code says`;
}

const mend = 'run `npm run docs` and commit what it writes';

it('every committed page is as the code says', () => {
  expect(files.length).toBeGreaterThan(100);
  expect({ drift: files.flatMap((file) => driftOf(file) ?? []), mend }).toEqual({ drift: [], mend });
});

it('a page that drifted, or is missing, is noticed with its line', () => {
  const [page] = files;
  expect(driftOf({ path: page!.path, text: page!.text.replace('# Facts', '# Fictions') })).toBe('docs/facts.md:3 differs from what the code says');
  expect(driftOf({ path: page!.path, text: `${page!.text}one line more\n` })).toMatch(/differs/);
  expect(driftOf({ path: 'docs/nowhere.md', text: '' })).toBe('docs/nowhere.md is missing');
});

it('no page is left over that nothing prints any more', () => {
  const there = printedFolders.flatMap((folder) => globSync(`${folder}/**/*.{md,json}`, { cwd: root })).map((path) => path.replaceAll('\\', '/'));
  const printed = new Set(files.map(({ path }) => path));
  expect({ leftOver: there.filter((path) => !printed.has(path)), mend }).toEqual({ leftOver: [], mend });
});

it('every rule of every pack has a page, and the index leads to it', () => {
  const index = files.find(({ path }) => path === 'docs/rules/README.md')?.text;
  for (const { id, title } of [...sqlRules, ...excelRules, ...wedataRules]) {
    expect(files.map(({ path }) => path)).toContain(`docs/rules/${id}.md`);
    expect(index).toContain(`[\`${id}\`](${id}.md) | `);
    expect(files.find(({ path }) => path === `docs/rules/${id}.md`)?.text).toContain(title.zh);
  }
});

it('every fact is told with topic, publisher, versions and fields', () => {
  const { text } = factsPage(catalogue);
  for (const { name, topic, publisher, says } of catalogue) {
    expect(text).toContain(`### ${name}\n\n${says}\n\nPublished by: ${publisher}. Topic \`${topic}\``);
  }
  expect(text).toContain('| `subTaskType` | yes | string, `^[A-Z][A-Z0-9_]{0,63}$` |  |');
});

it('a new version is told with the ones that are still accepted', () => {
  const fact = defineFact({
    name: 'Told',
    topic: 'gate.facts',
    aggregate: 'Tale',
    publisher: 'a teller',
    says: 'Something was told.',
    version: 3,
    upcasters: { 2: (data) => data, 1: (data) => data },
    schema: z.looseObject({ inner: z.looseObject({ size: z.number().int().min(1).max(5_000).default(7) }).optional() }),
  });
  const { text } = factsPage([fact]);
  expect(text).toContain('| [`Told`](#told) | a teller | `gate.facts` | 1 (upcast), 2 (upcast), 3 | Something was told. |');
  expect(text).toContain('| `inner.size` | no | integer, from 1, to 5,000 | `7` |');
});

it('shapes are said in words', () => {
  expect(shapeOf({ type: 'array', items: { enum: ['A', 'B'] }, maxItems: 1_000 })).toBe('list of `"A"`, `"B"`, at most 1,000 items');
  expect(shapeOf({ anyOf: [{ type: 'string', maxLength: 64 }, { const: 1 }] })).toBe('string, at most 64 characters or `1`');
  expect(shapeOf({ type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })).toBe('integer');
});

it('a sheet is shown with its addresses, formulas, errors and what one cannot see', () => {
  const shown = sketchTables({
    sheets: [
      {
        name: '任务列表',
        rows: [
          ['a|b', ' padded', 'two\nlines'],
          [1, null, 'x'],
        ],
        formulas: { B2: 'A2*2' },
        errors: { C2: '#REF!' },
        hiddenRows: [1],
        merges: [{ top: 0, left: 0, bottom: 0, right: 1 }],
        visibility: 'hidden',
      },
    ],
  });
  expect(shown).toBe(
    [
      'Sheet · 工作表 **任务列表** (hidden); merged · 合并: A1:B1; hidden rows · 隐藏行: 2',
      '',
      '|  | A | B | C |',
      '|---|---|---|---|',
      '| 1 | a\\|b | ` padded` | two⟨U+000A⟩lines |',
      '| 2 | 1 | `=A2*2` | `#REF!` |',
    ].join('\n'),
  );
});

it('every project has a layer, and stands in the row of it', () => {
  const layers = JSON.parse(read('tools/layers.json')) as { sourceTag: string }[];
  const known = layers.map(({ sourceTag }) => sourceTag);
  for (const { folder, tags } of repository.projects) expect([folder, tags.filter((tag) => known.includes(tag))]).toEqual([folder, [expect.any(String)]]);
  const printed = layerTable(
    [{ sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:kit', '*'], because: 'So.' }],
    [
      { folder: 'apps/a', tags: ['layer:app'] },
      { folder: 'libs/b', tags: ['layer:kit'] },
    ],
  );
  expect(printed.split('\n').at(-1)).toBe('| app | `apps/a` | kit, anything | any | So. |');
});

it('a setting is told by the comment above its key, and shares it with the keys below', () => {
  const comments = commentsOf('const a = {\n  /** Where. */\n  host: 1,\n  port: 2,\n  /** How much. */\n  size: 3,\n};');
  expect([...comments]).toEqual([
    ['host', 'Where.'],
    ['port', 'Where.'],
    ['size', 'How much.'],
  ]);
});
