/** All rules about workbooks, in the order of their ids. */
import { type ExcelRule } from '../rule';
import { blankAroundName } from './blank-around-name.rule';
import { credentialInCell } from './credential-in-cell.rule';
import { cronCycleMismatch } from './cron-cycle-mismatch.rule';
import { cronNeverFires } from './cron-never-fires.rule';
import { cronTooFrequent } from './cron-too-frequent.rule';
import { dependencyCycle } from './dependency-cycle.rule';
import { disabledUpstream } from './disabled-upstream.rule';
import { duplicateColumn } from './duplicate-column.rule';
import { duplicateTaskName } from './duplicate-task-name.rule';
import { effectivePeriod } from './effective-period.rule';
import { formulaError } from './formula-error.rule';
import { formulaInTask } from './formula-in-task.rule';
import { forwardReference } from './forward-reference.rule';
import { fullWidthCharacter } from './full-width-character.rule';
import { hiddenTasks } from './hidden-tasks.rule';
import { invalidCron } from './invalid-cron.rule';
import { isolatedTask } from './isolated-task.rule';
import { listSeparator } from './list-separator.rule';
import { lostPrecision } from './lost-precision.rule';
import { mergedTaskCells } from './merged-task-cells.rule';
import { missingCommand } from './missing-command.rule';
import { missingOwner } from './missing-owner.rule';
import { missingRequiredCell } from './missing-required-cell.rule';
import { missingRequiredColumn } from './missing-required-column.rule';
import { missingTaskName } from './missing-task-name.rule';
import { missingTimeout } from './missing-timeout.rule';
import { retryOutOfRange } from './retry-out-of-range.rule';
import { retryWithoutInterval } from './retry-without-interval.rule';
import { scheduleWithoutTasks } from './schedule-without-tasks.rule';
import { selfDependency } from './self-dependency.rule';
import { smartQuoteInCommand } from './smart-quote-in-command.rule';
import { unknownCycle } from './unknown-cycle.rule';
import { unknownTaskType } from './unknown-task-type.rule';
import { unknownUpstream } from './unknown-upstream.rule';

export const excelRules: readonly ExcelRule[] = [
  blankAroundName,
  credentialInCell,
  cronCycleMismatch,
  cronNeverFires,
  cronTooFrequent,
  dependencyCycle,
  disabledUpstream,
  duplicateColumn,
  duplicateTaskName,
  effectivePeriod,
  formulaError,
  formulaInTask,
  forwardReference,
  fullWidthCharacter,
  hiddenTasks,
  invalidCron,
  isolatedTask,
  listSeparator,
  lostPrecision,
  mergedTaskCells,
  missingCommand,
  missingOwner,
  missingRequiredCell,
  missingRequiredColumn,
  missingTaskName,
  missingTimeout,
  retryOutOfRange,
  retryWithoutInterval,
  scheduleWithoutTasks,
  selfDependency,
  smartQuoteInCommand,
  unknownCycle,
  unknownTaskType,
  unknownUpstream,
];
