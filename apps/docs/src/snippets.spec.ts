/** What stands in fences on our pages can be parsed; the two languages of a page show the same code. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transformSync } from '@swc/core';
import { parseAllDocuments } from 'yaml';
import { missingLines, type Snippet, snippetsOf } from './snippets';

const root = resolve(__dirname, '../../..');
/** Pages that are written by hand; a rule's examples are faulty on purpose. */
const pages = globSync(['*.md', 'docs/*.md', 'docs/{adr,tutorials}/*.md', 'examples/*.md', 'apps/*/README.md', 'libs/*/README.md'], { cwd: root });
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

function faultOf({ language, text }: Snippet): string | undefined {
  try {
    if (language === 'json') JSON.parse(text);
    if (language === 'yaml') for (const { errors } of parseAllDocuments(text)) if (errors[0]) return errors[0].message;
    if (language === 'ts') parseTypescript(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A page may show a few lines of a function's body. */
function parseTypescript(text: string): void {
  const options = { jsc: { parser: { syntax: 'typescript' } } } as const;
  if (/^\s*(import|export) /m.test(text)) transformSync(text, options);
  else transformSync(`async function shown() {\n${text}\n}`, options);
}

it('finds blocks with what is said about them, and what cannot be parsed', () => {
  const [first, second] = snippetsOf('# a\n\n```sh run exit=1\nnpm x\n```\n\n````json\n{"a": "```"}\n````\n');
  expect(first).toEqual({ language: 'sh', words: { run: '', exit: '1' }, text: 'npm x\n', line: 3 });
  expect(second).toMatchObject({ language: 'json', text: '{"a": "```"}\n' });
  const fault = (language: string, text: string): string | undefined => faultOf({ language, text, words: {}, line: 1 });
  expect([fault('json', '{'), fault('yaml', 'a: [1'), fault('ts', 'const = 1'), fault('sh', 'if')]).toEqual([
    expect.any(String),
    expect.any(String),
    expect.any(String),
    undefined,
  ]);
  expect(missingLines('one  two\nthree\n', 'x one two\n')).toEqual(['three']);
});

it('every snippet in json, yaml and ts can be parsed', () => {
  const snippets = pages.flatMap((page) => snippetsOf(read(page)).map((snippet) => ({ page, snippet })));
  expect(snippets.filter(({ snippet: { language } }) => ['json', 'yaml', 'ts'].includes(language)).length).toBeGreaterThan(10);
  const faults = snippets.flatMap(({ page, snippet }) => {
    const fault = faultOf(snippet);
    return fault === undefined ? [] : [`${page}:${snippet.line} ${fault}`];
  });
  expect(faults).toEqual([]);
});

it('files that pages name exist', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`((?:apps|libs|tools|docs|examples)\/[\w./-]+\.(?:ts|mjs|md|json|svg|yaml))`/g)].map(([, path]) => ({ page, path: path! })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ page, path }) => !existsSync(join(root, path)) && !page.includes('4-own-worker')).map(({ page, path }) => `${page}: ${path}`)).toEqual(
    [],
  );
});

it('a page in Chinese runs the same commands and shows the same files as its English one', () => {
  const chinese = pages.filter((page) => page.endsWith('.zh-CN.md'));
  expect(chinese.length).toBeGreaterThanOrEqual(6);
  const code = (page: string): string[] =>
    snippetsOf(read(page))
      .filter(({ words }) => ['run', 'start'].some((word) => word in words))
      .map(({ text, words }) => `${JSON.stringify(words)} ${text.replaceAll(/ +# .*$/gm, '')}`);
  const files = (page: string): string[] =>
    snippetsOf(read(page))
      .filter(({ words }) => 'file' in words)
      .map(({ text, words }) => `${words['file'] ?? ''} ${text.replaceAll(/^#.*\n/gm, '')}`);
  for (const page of chinese) {
    const english = page.replace('.zh-CN', '');
    expect([page, code(page), files(page)]).toEqual([page, code(english), files(english)]);
  }
});
