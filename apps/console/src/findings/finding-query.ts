/** What the page of findings shows, as it stands in its address: how they are grouped, which of them, and which one is open. Pure. */
import { type ShownFinding } from '@tributary/http-api';

export const groupings = ['rule', 'file', 'severity', 'type'] as const;
export type Grouping = (typeof groupings)[number];
export const severityOrder = ['blocker', 'error', 'warning', 'info'] as const;
export type Severity = (typeof severityOrder)[number];

/** Each narrows; `text` is looked for in message, path and rule, whatever its case. */
export interface FindingFilter {
  readonly type?: string;
  readonly severity?: Severity;
  readonly rule?: string;
  readonly path?: string;
  readonly text?: string;
}

export interface FindingQuery extends FindingFilter {
  readonly by: Grouping;
  /** The fingerprint of the finding that is open. */
  readonly finding?: string;
}

const textual = ['type', 'rule', 'path', 'text', 'finding'] as const;

/** What nobody understands counts as not said. */
export function queryIn(search: URLSearchParams): FindingQuery {
  const by = groupings.find((known) => known === search.get('by')) ?? 'rule';
  const severity = severityOrder.find((known) => known === search.get('severity'));
  const texts = textual.flatMap((name) => {
    const value = search.get(name) ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return { by, ...(severity && { severity }), ...Object.fromEntries(texts) };
}

/** The shortest address that says it. */
export function searchOf(query: FindingQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (query.by !== 'rule') search.set('by', query.by);
  for (const name of ['severity', ...textual] as const) {
    const value = query[name];
    if (value !== undefined && value !== '') search.set(name, value);
  }
  return search;
}

/** A test for one finding, with the work that is the same for all of them done before. */
export function filterOf({ type, severity, rule, path, text }: FindingFilter): (finding: ShownFinding) => boolean {
  const sought = text?.toLowerCase();
  return (finding) =>
    (type === undefined || finding.type === type) &&
    (severity === undefined || finding.severity === severity) &&
    (rule === undefined || finding.ruleId === rule) &&
    (path === undefined || finding.location.path === path) &&
    (sought === undefined ||
      finding.message.toLowerCase().includes(sought) ||
      finding.location.path.toLowerCase().includes(sought) ||
      finding.ruleId.toLowerCase().includes(sought));
}

export function keyOf(finding: ShownFinding, by: Grouping): string {
  if (by === 'rule') return finding.ruleId;
  if (by === 'file') return finding.location.path;
  return by === 'severity' ? finding.severity : finding.type;
}

/** The place in the file as people write it: `3:8`, `任务列表!B3`, `/TaskName`; empty for the whole file. */
export function placeIn({ range, sheet, cell, pointer }: ShownFinding['location']): string {
  if (range) return `${String(range.startLine)}:${String(range.startColumn)}`;
  if (cell !== undefined) return sheet === undefined ? cell : `${sheet}!${cell}`;
  return sheet ?? pointer ?? '';
}
