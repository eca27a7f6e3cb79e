/** All rules about WeData files, in the order of their ids. */
import { type WedataRule } from '../rule';
import { bundleSettings } from './bundle-settings.rule';
import { calendarWithoutId } from './calendar-without-id.rule';
import { codeNotBase64 } from './code-not-base64.rule';
import { credentialFile } from './credential-file.rule';
import { credentialInTask } from './credential-in-task.rule';
import { dependencyCycle } from './dependency-cycle.rule';
import { dependencyPeriod } from './dependency-period.rule';
import { dependencyStrategy } from './dependency-strategy.rule';
import { deprecatedField } from './deprecated-field.rule';
import { dryRun } from './dry-run.rule';
import { duplicateKey } from './duplicate-key.rule';
import { duplicateTaskName } from './duplicate-task-name.rule';
import { endsBeforeStart } from './ends-before-start.rule';
import { foreignUpstream } from './foreign-upstream.rule';
import { incompleteTrigger } from './incomplete-trigger.rule';
import { inputWithoutUpstream } from './input-without-upstream.rule';
import { invalidCron } from './invalid-cron.rule';
import { longNumber } from './long-number.rule';
import { malformedEventName } from './malformed-event-name.rule';
import { malformedTimeZone } from './malformed-time-zone.rule';
import { malformedTime } from './malformed-time.rule';
import { missingCode } from './missing-code.rule';
import { missingCron } from './missing-cron.rule';
import { missingOwner } from './missing-owner.rule';
import { missingTaskField } from './missing-task-field.rule';
import { noTimeout } from './no-timeout.rule';
import { retryOutOfRange } from './retry-out-of-range.rule';
import { scheduleIsOver } from './schedule-is-over.rule';
import { undeclaredVariable } from './undeclared-variable.rule';
import { unknownCycleType } from './unknown-cycle-type.rule';
import { unknownTaskType } from './unknown-task-type.rule';
import { unknownTimeParameter } from './unknown-time-parameter.rule';
import { unknownValue } from './unknown-value.rule';
import { unreadableDocument } from './unreadable-document.rule';
import { unsubmittedTask } from './unsubmitted-task.rule';

export const wedataRules: readonly WedataRule[] = [
  bundleSettings,
  calendarWithoutId,
  codeNotBase64,
  credentialFile,
  credentialInTask,
  dependencyCycle,
  dependencyPeriod,
  dependencyStrategy,
  deprecatedField,
  dryRun,
  duplicateKey,
  duplicateTaskName,
  endsBeforeStart,
  foreignUpstream,
  incompleteTrigger,
  inputWithoutUpstream,
  invalidCron,
  longNumber,
  malformedEventName,
  malformedTime,
  malformedTimeZone,
  missingCode,
  missingCron,
  missingOwner,
  missingTaskField,
  noTimeout,
  retryOutOfRange,
  scheduleIsOver,
  undeclaredVariable,
  unknownCycleType,
  unknownTaskType,
  unknownTimeParameter,
  unknownValue,
  unreadableDocument,
  unsubmittedTask,
];
