/** Collects the findings of one scan in bounded memory and writes them as a sorted report. */
import { type Counts, type ReportRef, severities, type Severity } from '@tributary/facts';
import { compareFindings, type Finding, type ReportHeader, reportLimits, type RuleMetadata, type SuppressedNote } from '@tributary/findings';
import { type PackageStore, storeUri } from '@tributary/package-store';
import { kitFinding, kitRuleMetadata } from '../definition/kit-findings';

export interface ReportBounds {
  readonly findingsMax: number;
  /** Of all lines together. */
  readonly charactersMax: number;
}

const usualBounds: ReportBounds = { findingsMax: 200_000, charactersMax: 96 * 1024 * 1024 };
const chunkLength = 64 * 1024;
const nothing = { en: '', zh: '' };
const rulesShownMax = 10;
const reasonLengthMax = 4_000;

/** A line, and as much of its finding as the order needs: the rest would keep whole files in memory. */
interface Kept {
  readonly place: Finding;
  readonly line: string;
}

export class FindingsReport {
  readonly #kept: Kept[] = [];
  readonly #counts: Counts = { blocker: 0, error: 0, warning: 0, info: 0 };
  readonly #fired = new Map<string, { severity: Severity; count: number }>();
  readonly #suppressed: SuppressedNote[] = [];
  #characters = 0;
  #omitted = 0;
  #worstOmitted: Severity = 'info';

  constructor(private readonly bounds: ReportBounds = usualBounds) {}

  add(finding: Finding): void {
    const line = `${JSON.stringify(finding)}\n`;
    if (this.#kept.length < this.bounds.findingsMax && this.#characters + line.length <= this.bounds.charactersMax) this.#keep(finding, line);
    else {
      this.#omitted += 1;
      this.#worstOmitted = worse(this.#worstOmitted, finding.severity);
    }
  }

  suppress(notes: readonly SuppressedNote[]): void {
    const room = reportLimits.suppressedMax - this.#suppressed.length;
    for (const note of notes.slice(0, room)) this.#suppressed.push({ ...note, reason: note.reason.slice(0, reasonLengthMax) });
  }

  /** What was left out is a finding itself, as severe as the worst of it: nothing looks better than it is. Call it once, last. */
  seal(): void {
    if (this.#omitted === 0) return;
    const detail = { en: `${this.#omitted} more are not listed`, zh: `另有 ${this.#omitted} 个问题未列出` };
    const finding = kitFinding('FINDINGS_TRUNCATED', { path: this.#kept.at(-1)?.place.location.path ?? '-', detail, severity: this.#worstOmitted });
    this.#keep(finding, `${JSON.stringify(finding)}\n`);
  }

  get counts(): Counts {
    return { ...this.#counts };
  }

  /** `1 blocker, 2 errors; ENTRY_CORRUPT (1), sql/unbounded-write (2)`: corrupt entries first, then the most severe. */
  get reason(): string {
    const counted = severities.filter((severity) => this.#counts[severity] > 0).map((severity) => `${this.#counts[severity]} ${severity}`);
    if (counted.length === 0) return 'nothing found';
    const rank = ([ruleId, { severity, count }]: [string, { severity: Severity; count: number }]): number =>
      (ruleId === 'ENTRY_CORRUPT' ? -1 : severities.indexOf(severity)) * 1e9 - count;
    const fired = [...this.#fired].sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
    const shown = fired.slice(0, rulesShownMax).map(([ruleId, { count }]) => `${ruleId} (${count})`);
    return `${counted.join(', ')}; ${shown.join(', ')}${fired.length > rulesShownMax ? ', …' : ''}`;
  }

  /** Undefined where nothing was found: no report is needed then. Rejects with a `PackageStoreError`. */
  async write(store: PackageStore, key: string, rules: readonly RuleMetadata[], signal?: AbortSignal): Promise<ReportRef | undefined> {
    if (this.#kept.length === 0 && this.#suppressed.length === 0) return undefined;
    this.#kept.sort((a, b) => compareFindings(a.place, b.place));
    const told = new Set([...this.#fired.keys(), ...this.#suppressed.map(({ ruleId }) => ruleId)]);
    const header: ReportHeader = {
      rules: [...rules, ...kitRuleMetadata].filter(({ id }) => told.has(id)).slice(0, reportLimits.rulesMax),
      ...(this.#suppressed.length > 0 && { suppressed: this.#suppressed }),
    };
    const { sha256, size } = await store.put(key, this.#chunks(header), signal ? { signal } : {});
    return { uri: storeUri(key), sha256, size };
  }

  #keep(finding: Finding, line: string): void {
    const { ruleId, severity, fingerprint, location } = finding;
    const place = { ruleId, severity, fingerprint, message: nothing, location: { path: location.path, ...(location.range && { range: location.range }) } };
    this.#kept.push({ place, line });
    this.#characters += line.length;
    this.#counts[severity] += 1;
    const fired = this.#fired.get(ruleId);
    this.#fired.set(ruleId, { severity: worse(fired?.severity ?? severity, severity), count: (fired?.count ?? 0) + 1 });
  }

  async *#chunks(header: ReportHeader): AsyncGenerator<Buffer> {
    await Promise.resolve();
    let text = `${JSON.stringify(header)}\n`;
    for (const { line } of this.#kept) {
      text += line;
      if (text.length < chunkLength) continue;
      yield Buffer.from(text);
      text = '';
    }
    if (text !== '') yield Buffer.from(text);
  }
}

function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(other) < severities.indexOf(one) ? other : one;
}
