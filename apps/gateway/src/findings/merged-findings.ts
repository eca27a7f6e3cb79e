/** The findings of all participants of a task as one stream: by type, then in the order of each report. Never more than a chunk in memory. */
import { type Severity } from '@tributary/facts';
import { compareBytes, parseReportLine, type ReportedFinding, type ReportHeader } from '@tributary/findings';
import { type PackageStore } from '@tributary/package-store';
import { type Log } from '@tributary/service-kit';
import { type Readable } from 'node:stream';
import { asProblem } from '../availability';
import { reportLinesOf } from './report-lines';
import { type ReportSource, type TaskReports } from './task-reports';
import { type VerifiedReports } from './verified-reports';

/** Where reading goes on: this byte of this type's report. */
export interface Place {
  readonly type: string;
  readonly offset: number;
}

export interface FoundFinding {
  readonly finding: ReportedFinding;
  readonly next: Place;
}

/** Each narrows; all are exact. */
export interface FindingFilter {
  readonly type?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly rule?: string | undefined;
  readonly path?: string | undefined;
}

export interface ReadOptions {
  readonly filter?: FindingFilter;
  readonly from?: Place | undefined;
  /** Told of each report's first line. Not told when reading begins behind it. */
  readonly onHeader?: (header: ReportHeader) => void;
  readonly signal?: AbortSignal;
}

export class MergedFindings {
  constructor(
    private readonly store: Pick<PackageStore, 'read'>,
    private readonly verified: VerifiedReports,
    private readonly log: Log,
  ) {}

  /** In batches. Rejects with a `Problem` (503) when the store is away. */
  async *read({ sources }: TaskReports, options: ReadOptions = {}): AsyncGenerator<readonly FoundFinding[], void, undefined> {
    const { filter = {}, from } = options;
    for (const source of sources) {
      if (filter.type !== undefined && filter.type !== source.type) continue;
      if (from && compareBytes(source.type, from.type) < 0) continue;
      if (!(await this.verified.fit(source))) continue;
      yield* this.#report(source, from?.type === source.type ? from.offset : 0, options);
    }
  }

  /** One finding after the other. */
  async *each(reports: TaskReports, options: ReadOptions = {}): AsyncGenerator<ReportedFinding, void, undefined> {
    for await (const batch of this.read(reports, options)) for (const { finding } of batch) yield finding;
  }

  /** What each report says of its rules: its first line, and no more is read of it. */
  async *headers({ sources }: TaskReports, type?: string): AsyncGenerator<{ readonly type: string; readonly header: ReportHeader }, void, undefined> {
    for (const source of sources) {
      if ((type !== undefined && type !== source.type) || !(await this.verified.fit(source))) continue;
      for await (const [first] of reportLinesOf(await this.#open(source.key, 0))) {
        const line = first?.text === undefined ? undefined : parseReportLine(first.text);
        if (line?.kind === 'header') yield { type: source.type, header: line.header };
        break;
      }
    }
  }

  async *#report({ type, key }: ReportSource, offset: number, options: ReadOptions): AsyncGenerator<readonly FoundFinding[], void, undefined> {
    const { filter = {}, onHeader, signal } = options;
    let refused = 0;
    for await (const lines of reportLinesOf(await this.#open(key, offset), offset)) {
      if (signal?.aborted) return;
      const found: FoundFinding[] = [];
      for (const { text, end } of lines) {
        const line = text === undefined ? undefined : parseReportLine(text);
        if (line?.kind === 'header') onHeader?.(line.header);
        if (line?.kind === 'finding' && fits(line.finding, filter)) found.push({ finding: { ...line.finding, type }, next: { type, offset: end } });
        if (line === undefined || line.kind === 'refused') refused++;
      }
      if (found.length > 0) yield found;
    }
    if (refused > 0) this.log.warn({ type, key, refused }, 'lines of a report are no findings and are left out');
  }

  async #open(key: string, offset: number): Promise<Readable> {
    try {
      return await this.store.read(key, offset === 0 ? undefined : { start: offset, end: Number.MAX_SAFE_INTEGER });
    } catch (error) {
      throw asProblem(error);
    }
  }
}

function fits({ severity, ruleId, location }: Omit<ReportedFinding, 'type'>, filter: FindingFilter): boolean {
  return (
    (filter.severity === undefined || filter.severity === severity) &&
    (filter.rule === undefined || filter.rule === ruleId) &&
    (filter.path === undefined || filter.path === location.path)
  );
}
