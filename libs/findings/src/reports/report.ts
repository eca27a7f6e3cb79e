/** What every report format is made from, and how a finding reads in one language. */
import { type Severity, type TaskStatus } from '@tributary/facts';
import { type Location } from '../finding';
import { type SaidFinding, type SuppressedNote } from '../ndjson';
import { type RuleMetadata, type SaidText } from '../rule-metadata';

export type Language = 'en' | 'zh';

/** A finding with the participant that found it. */
export type ReportedFinding = SaidFinding & { readonly type: string };

/** The merged findings of a task. Formats read `findings` once, in the given order, and keep no more than they must. */
export interface Report {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly product: string;
  readonly version: string;
  readonly language: Language;
  readonly findings: AsyncIterable<ReportedFinding> | Iterable<ReportedFinding>;
  /** Asked when a finding of the rule was read, so it may be filled while the findings stream. */
  readonly rules: (ruleId: string) => RuleMetadata | undefined;
  /** What people overruled in the files; complete when `findings` has ended. */
  readonly suppressed?: readonly SuppressedNote[];
}

/** A finding as it is shown: texts in one language. */
export interface ShownFinding {
  readonly type: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
  readonly evidence?: string;
  readonly fix?: string;
  readonly fingerprint: string;
}

/** Unknown fields of foreign workers are kept behind the known ones. */
export function showFinding(
  { type, ruleId, severity, message, location, evidence, fix, fingerprint, ...rest }: ReportedFinding,
  language: Language,
): ShownFinding {
  return {
    type,
    ruleId,
    severity,
    message: inLanguage(message, language),
    location,
    ...(evidence === undefined ? {} : { evidence }),
    ...(fix === undefined ? {} : { fix: inLanguage(fix, language) }),
    fingerprint,
    ...rest,
  };
}

export function inLanguage(said: SaidText, language: Language): string {
  return typeof said === 'string' ? said : said[language];
}

/** The place inside the file as people write it: `3:8`, `任务列表!B3`, `/TaskName`; empty for the whole file. */
export function placeOf({ range, sheet, cell, pointer }: Location): string {
  if (range) return `${range.startLine}:${range.startColumn}`;
  if (cell !== undefined) return sheet === undefined ? cell : `${sheet}!${cell}`;
  return sheet ?? pointer ?? '';
}

export function isFailure({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'blocker' || severity === 'error';
}
