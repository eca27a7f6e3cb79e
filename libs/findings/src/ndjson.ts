/**
 * The report that a worker leaves in the package store: UTF-8 NDJSON. An optional first line `{"rules": [...]}`, then one
 * finding per line, sorted by `compareFindings`. Written by `reportLines`; read line by line by `parseReportLine`, which
 * expects anything, because the writer may be somebody else's.
 */
import { severities, shallowerThan, type Severity } from '@tributary/facts';
import { z } from 'zod';
import { type Bilingual, type Finding, type Location } from './finding';
import { maskSecrets } from './masking';
import { RuleMetadata, SaidText } from './rule-metadata';

/** Bounds of one line; the bound of a whole report is its reader's. */
export const reportLimits = { lineLengthMax: 64 * 1024, depthMax: 16, rulesMax: 2_000, suppressedMax: 1_000 } as const;

const ordinal = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const RangeShape = z
  .looseObject({ startLine: ordinal, startColumn: ordinal, endLine: ordinal, endColumn: ordinal })
  .refine(({ startLine, endLine }) => endLine >= startLine, 'ends before it starts');
const LocationShape = z.looseObject({
  path: z.string().min(1).max(4_096),
  range: RangeShape.optional(),
  sheet: z.string().max(255).optional(),
  cell: z.string().max(255).optional(),
  pointer: z.string().max(4_096).optional(),
});
const FindingShape = z.looseObject({
  ruleId: z.string().min(1).max(200),
  severity: z.enum(severities),
  message: SaidText,
  location: LocationShape,
  evidence: z.string().max(16_384).optional(),
  fix: SaidText.optional(),
  fingerprint: z.string().min(1).max(200),
});

/** What a person overruled in a file. */
export const SuppressedNote = z.looseObject({
  ruleId: z.string().min(1).max(200),
  path: z.string().min(1).max(4_096),
  line: ordinal.optional(),
  reason: z.string().max(4_000),
});
export type SuppressedNote = z.infer<typeof SuppressedNote>;

const HeaderShape = z.looseObject({
  rules: z.array(RuleMetadata).max(reportLimits.rulesMax),
  suppressed: z.array(SuppressedNote).max(reportLimits.suppressedMax).optional(),
});
export type ReportHeader = z.infer<typeof HeaderShape>;

/** A finding as any worker may have written it: the message in one language or both, unknown fields kept. */
export interface SaidFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string | Bilingual;
  readonly location: Location;
  readonly evidence?: string | undefined;
  readonly fix?: string | Bilingual | undefined;
  readonly fingerprint: string;
}

export type ReportLineRefusal = 'TOO_LONG' | 'MALFORMED' | 'TOO_DEEP' | 'INVALID';
export type ReportLine =
  | { readonly kind: 'finding'; readonly finding: SaidFinding }
  | { readonly kind: 'header'; readonly header: ReportHeader }
  | { readonly kind: 'blank' }
  | { readonly kind: 'refused'; readonly code: ReportLineRefusal; readonly detail: string };

/** The lines of a report, each with its line feed. The caller sorts (files in byte order, each through `assembleFindings`). */
export function* reportLines(findings: Iterable<Finding>, header?: ReportHeader): Generator<string> {
  if (header) yield `${JSON.stringify(header)}\n`;
  for (const finding of findings) yield `${JSON.stringify(finding)}\n`;
}

/** One line without its line feed. Never throws. Secrets that a foreign worker quoted are masked here. */
export function parseReportLine(line: string): ReportLine {
  if (line.length > reportLimits.lineLengthMax) return refused('TOO_LONG', `longer than ${reportLimits.lineLengthMax} characters`);
  if (line.trim() === '') return { kind: 'blank' };
  const value = fromJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('MALFORMED', 'not a JSON object');
  if (!shallowerThan(value, reportLimits.depthMax)) return refused('TOO_DEEP', `nested deeper than ${reportLimits.depthMax} levels`);
  if ('rules' in value && !('ruleId' in value)) {
    const header = HeaderShape.safeParse(value);
    return header.success ? { kind: 'header', header: header.data } : refused('INVALID', firstIssue(header.error));
  }
  const finding = FindingShape.safeParse(value);
  return finding.success ? { kind: 'finding', finding: masked(finding.data as SaidFinding) } : refused('INVALID', firstIssue(finding.error));
}

function masked(finding: SaidFinding): SaidFinding {
  const { message, evidence, fix } = finding;
  return {
    ...finding,
    message: maskedText(message),
    ...(evidence === undefined ? {} : { evidence: maskSecrets(evidence) }),
    ...(fix === undefined ? {} : { fix: maskedText(fix) }),
  };
}

function maskedText(said: string | Bilingual): string | Bilingual {
  return typeof said === 'string' ? maskSecrets(said) : { ...said, en: maskSecrets(said.en), zh: maskSecrets(said.zh) };
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.map(String).join('.') || '(line)'}: ${issue.message}`.slice(0, 500) : 'invalid';
}

function refused(code: ReportLineRefusal, detail: string): ReportLine {
  return { kind: 'refused', code, detail };
}
