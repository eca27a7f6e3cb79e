/** What a worker is, as data: when it takes part, how it scans, how it judges. Everything else is the same for all and belongs to the kit. */
import { type Counts } from '@tributary/facts';
import { type Finding, type RuleMetadata, type Suppressed, type SuppressedNote } from '@tributary/findings';
import { type OpenedPackage, type PackageEntry, type SoundPackage } from '@tributary/package-reader';
import { type z } from 'zod';

/** Whether a worker takes part; a decline is information and never changes a verdict. `reasonCode` is `[A-Z][A-Z0-9_]*`. */
export type Participation = { readonly kind: 'take' } | { readonly kind: 'decline'; readonly reasonCode: string; readonly detail?: string };

export const take: Participation = { kind: 'take' };
export const decline = (reasonCode: string, detail?: string): Participation => ({ kind: 'decline', reasonCode, ...(detail !== undefined && { detail }) });

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** `files` */
  readonly unit: string;
}

export type ScanEvent = Finding | Progress;

/** QUALITY: the scan ran and the content is not good enough. */
export type Judgement = 'PASS' | 'WARN' | 'QUALITY';

export type FileText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly finding: Finding };

/** What the kit lends to a scan. */
export interface ScanTools {
  /** When the package was uploaded, in milliseconds since 1970. Rules never read the clock. */
  readonly uploadedAt: number | undefined;
  /**
   * Checks one file after the other and tells the progress. An entry whose content is corrupt, and a check that throws, become
   * findings of that file; secrets of the file's text are masked whatever quotes them; the others go on.
   */
  perFile(files: readonly PackageEntry[], check: (file: PackageEntry) => Promise<Iterable<Finding>>): AsyncIterable<ScanEvent>;
  /** The text of an entry; what is too large or cannot be decoded is a finding. `bytesMax` counts inflated bytes. */
  text(sound: SoundPackage, file: PackageEntry, bytesMax: number): Promise<FileText>;
  /** What a person overruled in a file: shown in the report. */
  suppressed(notes: readonly SuppressedNote[]): void;
  /** For the worker's log, once per scan and text: a setting that could not be used, say. */
  note(text: string): void;
}

export interface WorkerDefinition<Config = unknown> {
  /** `[A-Z][A-Z0-9_]{0,63}`; an open set, nobody keeps a list. */
  readonly subTaskType: string;
  /** Of rules and worker together: equal versions and configurations find the same. */
  readonly version: string;
  /** Has a default for everything. */
  readonly configSchema: z.ZodType<Config>;
  /** What the report tells about the rules that fired. */
  readonly rules: readonly RuleMetadata[];
  /** An `EntryCorrupt` thrown here means taking part: whoever reads the entry finds it. */
  participates(opened: OpenedPackage, config: Config, signal: AbortSignal): Promise<Participation>;
  /** Findings may come in any order. */
  scan(opened: OpenedPackage, config: Config, tools: ScanTools, signal: AbortSignal): AsyncIterable<ScanEvent>;
  verdict(counts: Counts, config: Config): Judgement;
}

/** What the service that drives a worker knows of it, without loading its rules. */
export type WorkerSummary = Pick<WorkerDefinition, 'subTaskType' | 'version' | 'configSchema'>;

/** What a launcher needs to start a worker. */
export interface WorkerService {
  /** `sql-worker`: the app's folder, the group on the bus, and, as `sql_worker`, the schema of its rows. */
  readonly service: string;
  readonly summary: WorkerSummary;
  /** Loads the rules: called in scan processes only. */
  readonly definition: () => Promise<AnyWorkerDefinition>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- definitions of different configurations stand in one list
export type AnyWorkerDefinition = WorkerDefinition<any>;

/** Gives the configuration its type from its schema. */
export function defineWorker<Config>(definition: WorkerDefinition<Config>): WorkerDefinition<Config> {
  return definition;
}

export function suppressedNote({ finding: { ruleId, location }, by: { line, reason } }: Suppressed): SuppressedNote {
  return { ruleId, path: location.path, line, reason };
}
