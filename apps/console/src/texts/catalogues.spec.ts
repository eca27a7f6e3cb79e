/** Texts that nobody shows, that one language lacks, or that expect other values than their twin: found here, not by readers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogues } from './catalogues';

const sources = resolve(__dirname, '..');
const code = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.ts$|texts\.(en|zh)\.ts$/.test(name))
  .map((name) => readFileSync(join(sources, name), 'utf8'))
  .join('\n');
const literals = new Set([...code.matchAll(/'([A-Za-z][\w]*)'/g)].map(([, key]) => key));
/** `kind_${kind}` uses every key that begins with `kind_`. */
const prefixes = [...new Set([...code.matchAll(/`([A-Za-z]\w*_)\$\{/g)].map(([, prefix]) => prefix ?? ''))];

/** `${field}Label` likewise every key that ends so. */
const suffixes = [...new Set([...code.matchAll(/`\$\{\w+\}([A-Z]\w*)`/g)].map(([, suffix]) => suffix ?? ''))];

/** English knows one and other; Chinese only other. */
const stem = (key: string): string => key.replace(/_(one|other)$/, '');
const slots = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort();

describe.each(Object.entries(catalogues))('the texts of %s', (_, { en, zh }: { en: Record<string, string>; zh: Record<string, string> }) => {
  it('exist in both languages', () => {
    expect([...new Set(Object.keys(zh).map(stem))].sort()).toEqual([...new Set(Object.keys(en).map(stem))].sort());
  });

  it('expect the same values in both languages', () => {
    const unequal = Object.keys(zh).filter((key) => slots(zh[key] ?? '').join() !== slots(en[key] ?? '').join());
    expect(unequal).toEqual([]);
  });

  it('are all shown somewhere', () => {
    const built = (key: string): boolean => prefixes.some((prefix) => key.startsWith(prefix)) || suffixes.some((suffix) => key.endsWith(suffix));
    const unused = Object.keys(en).filter((key) => !literals.has(key) && !literals.has(stem(key)) && !built(key));
    expect(unused).toEqual([]);
  });

  it('say something, and Chinese says it in Chinese', () => {
    expect([...Object.entries(en), ...Object.entries(zh)].filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(Object.entries(en).filter(([key, text]) => key !== 'languageZh' && /\p{Script=Han}/u.test(text))).toEqual([]);
    const sameInBoth = Object.keys(zh).filter((key) => zh[key] === en[key] && /[a-z]{3}/.test(zh[key] ?? '') && !key.startsWith('language'));
    expect(sameInBoth).toEqual([]);
  });
});
