/** What a worker tells, and what can be wrong with it. */
import { type Bilingual } from '@tributary/findings';

/** A fact as the API shows it: CloudEvents 1.0, structured. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** RFC 3339. */
  readonly time: string;
  readonly causedby?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

export type BreachCode =
  | 'SOURCE_VARIES'
  | 'WRONG_CAUSE'
  | 'TRACE_LOST'
  | 'NOT_STARTED'
  | 'NOT_ENDED'
  | 'ENDED_TWICE'
  | 'ATTEMPT_SKIPPED'
  | 'DECLINED_TOO'
  | 'PROGRESS_BACK'
  | 'PROGRESS_TOO_OFTEN'
  | 'HEARTBEAT_MISSED'
  | 'REPORT_ELSEWHERE';

export interface Breach {
  readonly code: BreachCode;
  /** The fact that breaks the rule; absent where one is missing. */
  readonly factId?: string;
  readonly says: Bilingual;
}

export interface Telling {
  readonly subTaskType: string;
  /** All facts of the task, of whomever, in the order of the ledger. */
  readonly facts: readonly Told[];
  /** Whether the task has its verdict: until then a scan may still be at work. */
  readonly settled: boolean;
}

/** What one attempt at one round has told. */
export interface AttemptTold {
  readonly round: number;
  readonly attempt: number;
  readonly starts: readonly Told[];
  readonly progress: readonly Told[];
  readonly ends: readonly Told[];
}
