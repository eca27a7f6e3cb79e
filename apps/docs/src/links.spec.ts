/** Every relative link of the documentation leads somewhere. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const pages = globSync(['README*.md', 'docs/**/*.md', 'apps/*/README.md', 'libs/*/README.md'], { cwd: root });

/** Targets of links, without code and without what leads elsewhere; with the text after `#` where there is one. */
function linksOf(page: string): string[] {
  const prose = page.replaceAll(/^(`{3,})[\s\S]*?^\1/gm, '').replaceAll(/(?<!\[)`[^`\n]*`(?!\])/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^[a-z]+:/.test(target));
}

/** What a heading is called in a link. */
function anchorsOf(page: string): string[] {
  const titles = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!.toLowerCase());
  return titles.map((title) => title.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));
}

/** Links of a page that lead nowhere. */
function broken(path: string, text: string): string[] {
  return linksOf(text).filter((target) => {
    const [file = '', anchor] = target.split('#');
    const place = file === '' ? join(root, path) : join(root, dirname(path), file);
    if (!existsSync(place)) return true;
    return anchor !== undefined && place.endsWith('.md') && !anchorsOf(file === '' ? text : readFileSync(place, 'utf8')).includes(anchor);
  });
}

it('finds the pages, and links that lead nowhere', () => {
  expect(pages.length).toBeGreaterThan(100);
  const page =
    '# Here\n[a](README.md) [b](nowhere.md) [c](#here) [d](#there) [e](https://example.org) [f](docs/facts.md#topics) [g](docs/facts.md#none) `[h](x.md)`\n';
  expect(broken('README.md', page)).toEqual(['nowhere.md', '#there', 'docs/facts.md#none']);
});

it('none of ours does', () => {
  const found = pages.flatMap((path) => broken(path, readFileSync(join(root, path), 'utf8')).map((target) => `${path}: ${target}`));
  expect(found).toEqual([]);
});
