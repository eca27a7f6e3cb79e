/** Reads a text as JSON or YAML, by what it begins with and what it is called. */
import { parseJson } from './json';
import { type ParsedDocument } from './node';
import { parseYaml } from './yaml';

export type Format = 'json' | 'yaml';

/** JSON begins with a brace or a bracket; YAML is believed by its name, because every text is YAML. Undefined: neither. */
export function formatOf(path: string, text: string): Format | undefined {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  const first = /[^\s\ufeff]/.exec(text.slice(0, 1000))?.[0];
  return first === '{' || first === '[' ? 'json' : undefined;
}

export function readDocument(format: Format, text: string): ParsedDocument {
  return format === 'json' ? parseJson(text) : parseYaml(text);
}
