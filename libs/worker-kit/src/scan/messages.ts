/** What the service and its scan processes say to each other. Plain data: it is cloned on the way. */
import { type Progress } from '../definition/worker-definition';
import { type Considered, type FaultReport, type Impossible, type ScanFailure, type ScanJob, type Scanned } from '../worker/scan-runner';
import { type StoreConfig } from '@tributary/package-store';

export type JobRequest = { readonly id: number; readonly job: ScanJob; readonly store: StoreConfig } & (
  { readonly step: 'consider' | 'scan' } | { readonly step: 'reportFault'; readonly failure: ScanFailure }
);

export type JobAnswer =
  Considered | Scanned | Impossible | { readonly kind: 'reported'; readonly fault: FaultReport | undefined } | { readonly kind: 'interrupted' };

export type ToScanProcess = { readonly type: 'job'; readonly request: JobRequest } | { readonly type: 'cancel'; readonly id: number };

export type FromScanProcess =
  | { readonly type: 'ready'; readonly subTaskTypes: readonly string[] }
  /** The file that is being read from now on: who kills the process is known by it. */
  | { readonly type: 'at'; readonly id: number; readonly path: string }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'note'; readonly id: number; readonly text: string }
  /** `rssBytes`: what the process held a moment ago. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: JobAnswer; readonly rssBytes: number };
