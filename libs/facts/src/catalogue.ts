/** Every fact that exists, by name. */
import { PolicyPublished } from './definition/policy-published.fact';
import { WorkerConfigPublished } from './definition/worker-config-published.fact';
import { type FactDefinition } from './fact';
import { CancelRequested } from './gate/cancel-requested.fact';
import { MainTaskConverged } from './gate/main-task-converged.fact';
import { MainTaskCreated } from './gate/main-task-created.fact';
import { MainTaskReconverged } from './gate/main-task-reconverged.fact';
import { RescanRequested } from './gate/rescan-requested.fact';
import { SubTaskCompleted } from './gate/sub-task-completed.fact';
import { SubTaskDeclined } from './gate/sub-task-declined.fact';
import { SubTaskFailed } from './gate/sub-task-failed.fact';
import { SubTaskProgressed } from './gate/sub-task-progressed.fact';
import { SubTaskStarted } from './gate/sub-task-started.fact';
import { WindowClosed } from './gate/window-closed.fact';
import { ZipUploaded } from './gate/zip-uploaded.fact';
import { DeadLetterDiscarded } from './ops/dead-letter-discarded.fact';
import { FactDeadLettered } from './ops/fact-dead-lettered.fact';
import { ReplayRequested } from './ops/replay-requested.fact';

export const catalogue: readonly FactDefinition[] = [
  ZipUploaded,
  MainTaskCreated,
  SubTaskStarted,
  SubTaskProgressed,
  SubTaskCompleted,
  SubTaskFailed,
  SubTaskDeclined,
  CancelRequested,
  RescanRequested,
  WindowClosed,
  MainTaskConverged,
  MainTaskReconverged,
  PolicyPublished,
  WorkerConfigPublished,
  FactDeadLettered,
  ReplayRequested,
  DeadLetterDiscarded,
];

const byName: ReadonlyMap<string, FactDefinition> = new Map(catalogue.map((definition) => [definition.name, definition]));

export function definitionOf(type: string): FactDefinition | undefined {
  return byName.get(type);
}
