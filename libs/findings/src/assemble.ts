/** From what rules complain about to findings: secrets masked, evidence cut, fingerprints given, in the order of a report. */
import { sha256Hex, type Severity } from '@tributary/facts';
import { type Bilingual, type Finding, type Location } from './finding';
import { maskSecrets } from './masking';
import { compareBytes } from './order';
import { type Complaint } from './rule';

export const evidenceLengthMax = 300;
const messageLengthMax = 1_000;
/** Masking looks at no more than this of an evidence; a secret that is cut off here is masked to its end. */
const examinedLengthMax = 4_000;
const fingerprintLength = 32;

/** A complaint with the rule that made it and the severity that the profile gives it. */
export interface Raised {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly complaint: Complaint;
}

/**
 * Masks secrets, cuts evidence, computes fingerprints (sha256 of rule id, path, identity, ordinal among equals; 32 hex) and
 * sorts. `severity` is final: the caller has settled it between rule, complaint and profile. `secrets` are values that the
 * file spells out elsewhere (`secretsIn`): they are masked wherever a rule quotes them.
 */
export function assembleFindings(path: string, raised: readonly Raised[], secrets: readonly string[] = []): Finding[] {
  const ordinals = new Map<string, number>();
  const findings = [...raised].sort(byPosition).map((one) => {
    // Masked, so that a fingerprint is no oracle for guessing the secret.
    const identity = maskSecrets(one.complaint.identity, secrets);
    const equals = JSON.stringify([one.ruleId, identity]);
    const ordinal = ordinals.get(equals) ?? 0;
    ordinals.set(equals, ordinal + 1);
    return finding(path, one, fingerprintOf(one.ruleId, path, identity, ordinal), secrets);
  });
  return findings.sort(compareFindings);
}

/** The order of a report: path, start line, rule id, fingerprint; texts as bytes, what has no line first. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareBytes(a.location.path, b.location.path) ||
    startLine(a.location) - startLine(b.location) ||
    compareBytes(a.ruleId, b.ruleId) ||
    compareBytes(a.fingerprint, b.fingerprint)
  );
}

/** At most `lengthMax` UTF-16 units, no surrogate pair torn; an ellipsis says that something is missing. */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const torn = isHighSurrogate(text.charCodeAt(lengthMax - 2)) ? 1 : 0;
  return `${text.slice(0, lengthMax - 1 - torn)}…`;
}

function finding(path: string, { ruleId, severity, complaint }: Raised, fingerprint: string, secrets: readonly string[]): Finding {
  const shown = (text: string, lengthMax: number): string => cut(maskSecrets(cut(text, examinedLengthMax), secrets), lengthMax);
  const both = ({ en, zh }: Bilingual): Bilingual => ({ en: shown(en, messageLengthMax), zh: shown(zh, messageLengthMax) });
  return {
    ruleId,
    severity,
    message: both(complaint.message),
    location: { path, ...complaint.location },
    ...(complaint.evidence === undefined ? {} : { evidence: shown(complaint.evidence, evidenceLengthMax) }),
    ...(complaint.fix === undefined ? {} : { fix: both(complaint.fix) }),
    fingerprint,
  };
}

function fingerprintOf(ruleId: string, path: string, identity: string, ordinal: number): string {
  return sha256Hex(JSON.stringify([ruleId, path, identity, ordinal])).slice(0, fingerprintLength);
}

/** Equal faults are numbered from the top of the file. Whatever has no lines keeps the order in which it was raised. */
function byPosition({ complaint: { location: a } }: Raised, { complaint: { location: b } }: Raised): number {
  return startLine(a) - startLine(b) || (a.range?.startColumn ?? 0) - (b.range?.startColumn ?? 0);
}

function startLine({ range }: Omit<Location, 'path'>): number {
  return range?.startLine ?? 0;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
