/** The texts as a page shows them, so that a test reads like what a person sees. */
import { catalogues } from '../texts/catalogues';
import { type Language } from '../texts/language';

type Catalogues = typeof catalogues;

/** `words('zh')('upload', 'title')`; values take their places. */
export function wordsIn(
  language: Language,
): <Name extends keyof Catalogues>(name: Name, key: keyof Catalogues[Name]['zh'], values?: Readonly<Record<string, string | number>>) => string {
  return (name, key, values = {}) => {
    const texts: Readonly<Record<string, string>> = catalogues[name][language];
    const text = texts[String(key)] ?? '';
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, slot: string) => String(values[slot] ?? ''));
  };
}
