/** Names of tables: how they are compared with the patterns of options. */
import { nameEnd, textOf, type Statement } from './parsing/statement';

/** The name that begins at a token, without quotes, in lower case: `ods.orders`; empty when none begins there. */
export function tableName(statement: Statement, from: number): string {
  return textOf(statement, from, nameEnd(statement, from))
    .replaceAll(/[`"'\s]/g, '')
    .toLowerCase();
}

/** `*` stands for anything; a pattern without a dot is compared with the table's own name. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  const own = name.slice(name.lastIndexOf('.') + 1);
  return patterns.some((pattern) => matches(pattern.includes('.') ? name : own, pattern.toLowerCase()));
}

/** Greedy matching of the parts between stars: linear, no backtracking. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.slice(0, name.length - last.length).indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
