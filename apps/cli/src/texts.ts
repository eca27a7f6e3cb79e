/** What the command line says, by key and language. */
import { checkTexts } from './texts/check.texts';
import { gateTexts } from './texts/gate.texts';
import { generalTexts } from './texts/general.texts';
import { type Bilingual, type Language } from './language';

export const texts = { ...generalTexts, ...gateTexts, ...checkTexts } satisfies Readonly<Record<string, Bilingual>>;

export type TextKey = keyof typeof texts;
export type TextValues = Readonly<Record<string, string | number>>;

/** A value that a text names and nobody gave stays visible as `{name}`. */
export function textIn(language: Language, key: TextKey, values: TextValues = {}): string {
  return texts[key][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}
