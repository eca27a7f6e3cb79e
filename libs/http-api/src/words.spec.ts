import { taskStatuses } from '@tributary/facts';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { label, reasonWords, statusWithCode, statusWords } from './words';

const root = resolve(__dirname, '../../..');
const hasChinese = /\p{Script=Han}/u;

/** The codes that our workers, and what they are made of, decline with. */
function declined(): readonly string[] {
  const apps = readdirSync(join(root, 'apps')).filter((name) => name.endsWith('-worker'));
  const folders = [
    ...apps.map((name) => join(root, 'apps', name, 'src')),
    join(root, 'libs/worker-kit/src/definition'),
    join(root, 'libs/worker-kit/src/worker'),
  ];
  const sources = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
  const code = sources.filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')).map((path) => readFileSync(path, 'utf8'));
  return [...new Set(code.flatMap((text) => [...text.matchAll(/\bdecline\(\s*'(\w+)'/g)].map(([, reason]) => reason ?? '')))].sort();
}

it('every reason that our workers give is told in both languages, and no other', () => {
  expect(declined()).toContain('NO_SQL_FILES');
  expect(Object.keys(reasonWords).sort()).toEqual(declined());
});

it('every status has words', () => {
  expect(Object.keys(statusWords).sort()).toEqual([...taskStatuses].sort());
});

it.each(Object.entries({ ...statusWords, ...reasonWords }))('%s: each language for itself', (_, { en, zh }) => {
  expect(zh).toMatch(hasChinese);
  expect(en).not.toMatch(hasChinese);
  expect(en).toMatch(/^[a-z]/);
});

it('a status is told with its code, a line begins with a capital', () => {
  expect(statusWithCode('PARTIAL_SUCCESS')).toEqual({ en: 'partly passed (PARTIAL_SUCCESS)', zh: '部分通过（PARTIAL_SUCCESS）' });
  expect(label(statusWords.FAILED)).toEqual({ en: 'Failed', zh: '未通过' });
});
