/** Styles of pages stay loaded when somebody goes on: a name that two pages give different looks makes a page look by where one came from. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const sources = resolve(__dirname, '..');
/** The class that each selector of a style sheet begins with: whoever styles below it styles a part of its own. */
function subjectsOf(css: string): string[] {
  const plain = css.replaceAll(/\/\*[^]*?\*\//g, '');
  const selectors = [...plain.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => (list.trim().startsWith('@') ? [] : list.split(',')));
  return selectors.flatMap((selector) => /^\.([\w-]+)/.exec(selector.trim())?.[1] ?? []);
}

it('no two pages style the same class', () => {
  const owners = new Map<string, Set<string>>();
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))) {
    for (const name of subjectsOf(readFileSync(join(sources, file), 'utf8'))) owners.set(name, (owners.get(name) ?? new Set()).add(dirname(file)));
  }
  expect(owners.size).toBeGreaterThan(100);
  const contested = [...owners].filter(([, pages]) => pages.size > 1);
  expect(contested.map(([name, pages]) => `${name}: ${[...pages].join(', ')}`)).toEqual([]);
});

it('sees a class that two pages style', () => {
  expect(subjectsOf('/* .no */ .a > .card, .b li { margin: 0 } @media (max-width: 3rem) { .c { color: red } }')).toEqual(['a', 'b', 'c']);
});
