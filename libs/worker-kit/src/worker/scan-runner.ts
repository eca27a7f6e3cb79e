/** The port behind which packages are opened: a worker's service asks, and never looks inside itself. */
import { type Budgets, type Counts, type ReportRef, type TaskContext } from '@tributary/facts';
import { type Judgement, type Progress } from '../definition/worker-definition';
import { type Manifest } from '../runs/run';

/** Plain data: it may cross a process boundary. */
export interface ScanJob {
  readonly subTaskType: string;
  readonly taskId: string;
  readonly round: number;
  readonly attempt: number;
  readonly context: TaskContext;
  readonly budgets: Budgets;
  /** As published; the definition's own schema fills in what is missing. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly traceparent: string;
}

/** Why a scan could not run. */
export const scanFailures = {
  /** There are no bytes where the context says. */
  PACKAGE_MISSING: { kind: 'UNRECOVERABLE', worthRetrying: false },
  /** The bytes are others than the context says. */
  PACKAGE_CHANGED: { kind: 'UNRECOVERABLE', worthRetrying: false },
  STORE_UNAVAILABLE: { kind: 'TRANSIENT', worthRetrying: true },
  SCAN_TIMEOUT: { kind: 'UNRECOVERABLE', worthRetrying: true },
  SCAN_OUT_OF_MEMORY: { kind: 'UNRECOVERABLE', worthRetrying: true },
  /** The scan's process ended in another way. */
  SCAN_CRASHED: { kind: 'UNRECOVERABLE', worthRetrying: true },
  /** The worker's own code threw outside of any file. */
  SCAN_ERROR: { kind: 'UNRECOVERABLE', worthRetrying: true },
  /** Whoever held the run vanished, again and again. */
  WORKER_LOST: { kind: 'UNRECOVERABLE', worthRetrying: false },
} as const satisfies Readonly<Record<string, { readonly kind: 'TRANSIENT' | 'UNRECOVERABLE'; readonly worthRetrying: boolean }>>;
export type ScanFailureCode = keyof typeof scanFailures;

export interface ScanFailure {
  readonly code: ScanFailureCode;
  readonly detail: string;
  /** The file at which it happened. */
  readonly path?: string;
}

export interface Impossible {
  readonly kind: 'impossible';
  readonly failure: ScanFailure;
}

export type Considered =
  { readonly kind: 'take'; readonly manifest?: Manifest } | { readonly kind: 'decline'; readonly reasonCode: string; readonly detail?: string } | Impossible;

export interface Scanned {
  readonly kind: 'scanned';
  readonly judgement: Judgement;
  /** Which rules fired, in words; never empty. */
  readonly reason: string;
  readonly counts: Counts;
  readonly report?: ReportRef;
  readonly manifest?: Manifest;
}

/** A report about the file that ended a scan. */
export interface FaultReport {
  readonly counts: Counts;
  readonly report: ReportRef;
}

export interface ScanListeners {
  /** The scan's turn has come: until then it waits for room. */
  readonly onBegun: () => void;
  readonly onProgress: (progress: Progress) => void;
}

/** Rejects only when the signal aborts, with its reason; everything else is an answer. */
export interface ScanRunner {
  /** Jobs that run at once. */
  readonly slots: number;
  /** Whether a scan would begin now, or wait for its turn. */
  hasRoom(): boolean;
  consider(job: ScanJob, signal: AbortSignal): Promise<Considered>;
  scan(job: ScanJob, signal: AbortSignal, listeners: ScanListeners): Promise<Scanned | Impossible>;
  /** Undefined where there is nothing to report, or it could not be stored. */
  reportFault(job: ScanJob, failure: ScanFailure, signal: AbortSignal): Promise<FaultReport | undefined>;
  /** Empty when jobs can run. */
  missing(): Promise<readonly string[]>;
}
