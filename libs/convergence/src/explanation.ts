/** What a verdict says about itself: codes and arguments, no sentences; `renderExplanation` makes those when somebody reads. */
import { type ClosedBy, type FinalStatus, type TaskStatus } from '@tributary/facts';
import { type Conflict } from './conflicts';
import { type WaitReason } from './decide';
import { type Participant } from './participants';

/** A fact of the ledger, as a counterfactual refers to it. */
export interface FactReference {
  readonly id: string;
  readonly type: 'SubTaskStarted' | 'SubTaskCompleted' | 'SubTaskFailed' | 'CancelRequested';
  readonly subTaskType?: string;
  readonly attempt?: number;
}

/** What would have been said instead. */
export type Becoming =
  | { readonly type: 'SubTaskCompleted'; readonly subTaskType: string; readonly attempt: number; readonly result: 'PASS' }
  | { readonly type: 'SubTaskFailed'; readonly subTaskType: string; readonly attempt: number; readonly failureKind: 'QUALITY' };

/** One replacement in the ledger. `fact: null`: nobody said it. `becomes: null`: it is not said. `withChange` executes it. */
export interface FactChange {
  readonly fact: FactReference | null;
  readonly becomes: Becoming | null;
}

/** A change of one fact, and of more at the same time. */
export interface Change extends FactChange {
  readonly and?: readonly FactChange[];
}

export interface Counterfactual {
  readonly change: Change;
  /** Never the status that was given. */
  readonly wouldBe: FinalStatus;
}

/** JSON-serialisable; travels in `MainTaskConverged`. */
export interface Explanation {
  readonly status: FinalStatus;
  readonly revision: number;
  /** `row`: the policy row's own words, if a policy row fired. */
  readonly rule: { readonly id: string; readonly row?: { readonly when: string }; readonly values: Readonly<Record<string, unknown>> };
  /** Fact ids, sorted. */
  readonly witness: readonly string[];
  readonly closed: {
    readonly by: ClosedBy;
    /** RFC 3339. */
    readonly at: string;
    readonly because: {
      readonly participationMs: number;
      readonly gapMs: number;
      readonly deadlineMs: number;
      readonly openedAt: string;
      readonly pausedMs: number;
      readonly unfinished: readonly string[];
    };
    /** The verdict takes late facts in. */
    readonly late?: boolean;
  };
  readonly participants: readonly Participant[];
  readonly conflicts: readonly Conflict[];
  readonly counterfactuals: readonly Counterfactual[];
}

/** The `explanation` document of the HTTP API. */
export interface RenderedExplanation {
  readonly status: TaskStatus;
  readonly revision: number;
  readonly rule?: { readonly id: string; readonly text: string; readonly values: Readonly<Record<string, unknown>> };
  readonly witness: readonly string[];
  readonly closed?: { readonly by: ClosedBy; readonly at: string; readonly because: string };
  readonly participants: readonly Participant[];
  readonly conflicts: readonly (Conflict & { readonly text: string })[];
  readonly counterfactuals: readonly (Counterfactual & { readonly text: string })[];
  /** While open: what the window waits for. */
  readonly waitsFor?: readonly WaitReason[];
  readonly text: string;
}
