/**
 * A worker's own record of one sub-task: one row per (tenant, task, round, type).
 *
 *     CANDIDATE --decline--> DECLINED
 *         |     --window closed--> CANCELLED
 *         | take
 *         v
 *      RUNNING --end--> DONE | FAILED
 *               --cancel--> CANCELLED
 *
 * A CANDIDATE or RUNNING row is free, or held by one owner until its lease ends. Every claim raises `attempt`, which is also
 * the fencing token: what an earlier holder still says touches no row. `failures` counts the tries that went wrong, lost
 * leases included; handing back in good order is none.
 */
import { type Budgets, type TaskContext } from '@tributary/facts';

export const runStates = ['CANDIDATE', 'RUNNING', 'DECLINED', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type RunState = (typeof runStates)[number];

export interface RunKey {
  readonly tenant: string;
  readonly taskId: string;
  readonly round: number;
  readonly subTaskType: string;
}

/** What a fact said that opened a round. */
export interface Candidate extends RunKey {
  /** Id of the `MainTaskCreated` or `RescanRequested`. */
  readonly causeId: string;
  readonly traceparent: string | undefined;
  readonly context: TaskContext;
  readonly budgets: Budgets;
}

export interface Manifest {
  readonly sha256: string;
  readonly format: number;
}

export interface ClaimedRun extends Candidate {
  readonly state: 'CANDIDATE' | 'RUNNING';
  readonly attempt: number;
  readonly failures: number;
  /** As the last `SubTaskStarted` told it. */
  readonly manifest: Manifest | undefined;
}

/** For people: a row as it is shown. */
export interface ShownRun extends RunKey {
  readonly state: RunState;
  readonly attempt: number;
  readonly failures: number;
  readonly owner: string | undefined;
  /** A reason code, or how it ended. */
  readonly outcome: string | undefined;
  readonly updatedAt: string;
}

export function keyOf({ tenant, taskId, round, subTaskType }: RunKey): string {
  return JSON.stringify([tenant, taskId, round, subTaskType]);
}
