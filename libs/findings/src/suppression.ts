/**
 * A person may overrule a rule in the file, with a reason: `-- tributary:ignore sql/select-star archive copies all columns`.
 * Behind code the comment covers its own line; alone on a line it covers what begins on the next line of code. Nothing disappears: what is suppressed is counted and
 * shown. Without a reason it has no effect.
 */
import { type Finding } from './finding';

const marker = 'tributary:ignore';
const commentSign = /(?:--|#|\/\/|\/\*)[\s*]{0,40}$/;
const commentLine = /^\s{0,400}(?:--|#|\/\/|\/\*)/;
const rulesMax = 50;

/** One comment that asks for silence. */
export interface Suppression {
  /** The line of the comment. */
  readonly line: number;
  /** The first and last line whose findings it covers. */
  readonly from: number;
  readonly to: number;
  readonly ruleIds: readonly string[];
  /** Empty: it has no effect. */
  readonly reason: string;
}

export interface Suppressed {
  readonly finding: Finding;
  readonly by: Suppression;
}

/** The rules and the reason in the text of a comment; undefined where it is about something else. */
export function readSuppression(comment: string): { readonly ruleIds: readonly string[]; readonly reason: string } | undefined {
  const at = comment.indexOf(marker);
  if (at < 0 || /\w/.test(comment.charAt(at + marker.length))) return undefined;
  const [, list = '', rest = ''] = /^\s+((?:[^\s,]{1,200}\s{0,8},\s{0,8}){0,50}[^\s,]{1,200})([^\n]*)/.exec(comment.slice(at + marker.length)) ?? [];
  const ruleIds = list
    .split(',')
    .map((id) => id.trim())
    .slice(0, rulesMax);
  const reason = rest.split('*/', 1).join('').trim();
  return list === '' || list.startsWith('*/') ? { ruleIds: [], reason: '' } : { ruleIds, reason };
}

/**
 * The suppressions of any text with `--`, `#`, `//` or block comments, by lines. `reach` tells how far what begins on a line
 * goes (a statement of several lines); without it a comment covers one line.
 */
export function findSuppressions(text: string, reach: (line: number) => number = (line) => line): Suppression[] {
  if (!text.includes(marker)) return [];
  const lines = text.split('\n');
  return lines.flatMap((content, index) => {
    const at = content.indexOf(marker);
    if (at < 0 || !commentSign.test(content.slice(Math.max(0, at - 48), at))) return [];
    const read = readSuppression(content);
    return read ? [{ line: index + 1, ...covered(lines, index, reach), ...read }] : [];
  });
}

/** Sets aside what a suppression with a reason covers. Order is kept. */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): { readonly findings: Finding[]; readonly suppressed: Suppressed[] } {
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const by = suppressions.find((one) => covers(one, finding));
    if (by) suppressed.push({ finding, by });
    else kept.push(finding);
  }
  return { findings: kept, suppressed };
}

/** Sets aside what a baseline (the fingerprints of an accepted version) already knows. Order is kept. */
export function suppressKnown(findings: readonly Finding[], baseline: ReadonlySet<string>): { readonly findings: Finding[]; readonly suppressed: Finding[] } {
  return {
    findings: findings.filter(({ fingerprint }) => !baseline.has(fingerprint)),
    suppressed: findings.filter(({ fingerprint }) => baseline.has(fingerprint)),
  };
}

function covers({ from, to, ruleIds, reason }: Suppression, { ruleId, location: { range } }: Finding): boolean {
  return reason !== '' && range !== undefined && range.startLine >= from && range.startLine <= to && ruleIds.includes(ruleId);
}

function covered(lines: readonly string[], index: number, reach: (line: number) => number): { readonly from: number; readonly to: number } {
  if (!commentLine.test(lines[index] ?? '')) return { from: index + 1, to: index + 1 };
  let next = index + 1;
  while (next < lines.length && (/^\s*$/.test(lines[next] ?? '') || commentLine.test(lines[next] ?? ''))) next += 1;
  return { from: index + 1, to: Math.max(next + 1, reach(next + 1)) };
}
