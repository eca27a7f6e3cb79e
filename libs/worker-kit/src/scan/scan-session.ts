/** One job inside a scan process: opens the package, asks the definition, and turns what it says into an answer. */
import { EntryCorrupt, type OpenedPackage } from '@tributary/package-reader';
import { type PackageStore } from '@tributary/package-store';
import { kitFinding, type KitRuleId } from '../definition/kit-findings';
import { type AnyWorkerDefinition, type Progress } from '../definition/worker-definition';
import { type Manifest } from '../runs/run';
import { type Considered, type FaultReport, type Impossible, type ScanFailure, type ScanJob, type Scanned } from '../worker/scan-runner';
import { FindingsReport, type ReportBounds } from './findings-report';
import { FileTools } from './file-tools';
import { type PackageShelf } from './package-shelf';
import { impossibleBecause } from './scan-failure';
import { openTaskPackage, reportFolder } from './task-package';

export interface ScanSessionOptions {
  readonly definition: AnyWorkerDefinition;
  readonly store: PackageStore;
  readonly job: ScanJob;
  readonly signal: AbortSignal;
  readonly onFile: (path: string) => void;
  readonly onProgress: (progress: Progress) => void;
  readonly onNote: (text: string) => void;
  readonly bounds?: ReportBounds;
  /** Of this process. */
  readonly shelf?: PackageShelf;
}

export class ScanSession {
  constructor(private readonly options: ScanSessionOptions) {}

  /** Rejects only when the signal aborts. */
  async consider(): Promise<Considered> {
    const { definition, store, job, signal, shelf } = this.options;
    const opened = await openTaskPackage(store, job, shelf);
    if (opened.kind === 'impossible') return opened;
    try {
      const participation = await definition.participates(opened, this.#config(), signal);
      return participation.kind === 'take' ? { kind: 'take', ...manifestOf(opened) } : participation;
    } catch (error) {
      signal.throwIfAborted();
      // Who reads the entry finds it.
      return error instanceof EntryCorrupt ? { kind: 'take', ...manifestOf(opened) } : impossibleBecause(error);
    }
  }

  /** Rejects only when the signal aborts. */
  async scan(): Promise<Scanned | Impossible> {
    const { store, job, signal, shelf } = this.options;
    const opened = await openTaskPackage(store, job, shelf);
    if (opened.kind === 'impossible') return opened;
    try {
      return await this.#scan(opened);
    } catch (error) {
      signal.throwIfAborted();
      return impossibleBecause(error);
    }
  }

  /** The report of a scan that a file has ended: one finding about it. */
  async reportFault({ code, path, detail }: ScanFailure): Promise<FaultReport | undefined> {
    const ruleId = faultRules.find((id) => id === code);
    if (ruleId === undefined || path === undefined) return undefined;
    const { store, signal } = this.options;
    const report = new FindingsReport();
    report.add(kitFinding(ruleId, { path, detail: { en: detail, zh: detail } }));
    const written = await report.write(store, this.#reportKey(), [], signal).catch(() => undefined);
    return written && { counts: report.counts, report: written };
  }

  async #scan(opened: OpenedPackage): Promise<Scanned> {
    const { definition, store, job, signal, onFile, onProgress, onNote, bounds } = this.options;
    const report = new FindingsReport(bounds);
    const uploadedAt = job.context.uploadTime === undefined ? undefined : Date.parse(job.context.uploadTime);
    const tools = new FileTools({
      uploadedAt,
      signal,
      onFile,
      onNote,
      onSuppressed: (notes) => {
        report.suppress(notes);
      },
    });
    const config = this.#config();
    for await (const event of definition.scan(opened, config, tools, signal)) {
      signal.throwIfAborted();
      if ('ruleId' in event) report.add(event);
      else onProgress(event);
    }
    report.seal();
    const { counts, reason } = report;
    const written = await report.write(store, this.#reportKey(), definition.rules, signal);
    const judgement = definition.verdict(counts, config);
    return { kind: 'scanned', judgement, reason, counts, ...(written && { report: written }), ...manifestOf(opened) };
  }

  /** What the schema makes of it; its defaults where an upgrade made a published one unusable. */
  #config(): unknown {
    const { definition, job, onNote } = this.options;
    const parsed = definition.configSchema.safeParse(job.config);
    if (parsed.success) return parsed.data;
    onNote(`the published configuration cannot be used, the defaults are: ${parsed.error.message}`);
    return definition.configSchema.parse({});
  }

  #reportKey(): string {
    const { subTaskType, round, attempt } = this.options.job;
    return `${reportFolder(this.options.job)}${subTaskType}/${round}-${attempt}.ndjson`;
  }
}

const faultRules: readonly KitRuleId[] = ['SCAN_TIMEOUT', 'SCAN_OUT_OF_MEMORY', 'SCAN_CRASHED'];

function manifestOf(opened: OpenedPackage): { manifest?: Manifest } {
  return opened.kind === 'sound' ? { manifest: { sha256: opened.manifestSha256, format: opened.manifestFormat } } : {};
}
