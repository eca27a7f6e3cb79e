/** A trigger without what its mode needs, or beyond its limits. */
import { type Complaint } from '@tributary/findings';
import { z } from 'zod';
import { integerAt, textAt } from '../document/place';
import { jsonExample, triggerWorkflow } from '../example';
import { triggersOf, type Schedule } from '../model/schedules';
import { about, defineRule, type Scene } from '../rule';

const NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['TIME_TRIGGER', ['StartTime', 'EndTime', 'CycleType']],
  ['FILE_ARRIVAL', ['FileArrivalPath']],
]);
const RANGES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['TriggerMinimumInterval', [1, 1440]],
  ['TriggerWaitTime', [1, 60]],
]);

const arrival = { TriggerMode: 'FILE_ARRIVAL', FileArrivalPath: 'cosn://mart/in', TriggerMinimumInterval: 5, TriggerWaitTime: 5 };

export const incompleteTrigger = defineRule({
  id: 'wedata/incomplete-trigger',
  title: { en: 'Trigger is not complete', zh: '触发器配置不完整' },
  why: { en: 'The workflow never starts, or the API refuses it.', zh: '工作流不会被触发，或被接口拒绝。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      jsonExample(triggerWorkflow({ StartTime: '' })),
      jsonExample(triggerWorkflow({ ...arrival, FileArrivalPath: null })),
      jsonExample(triggerWorkflow({ ...arrival, TriggerWaitTime: 90 })),
      jsonExample(triggerWorkflow({ TriggerMode: 'CONTINUE_RUN' })),
    ],
    accepted: [jsonExample(triggerWorkflow({})), jsonExample(triggerWorkflow(arrival))],
  },
  source: 'WeData API 2025-08-06, WorkflowTriggerConfig',
  *check(scene) {
    for (const trigger of scene.units.filter(({ kind }) => kind === 'trigger-workflow').flatMap(triggersOf)) yield* complaintsAbout(scene, trigger);
  },
});

function* complaintsAbout(scene: Scene, { unit, place, label, field }: Schedule): Generator<Complaint> {
  const mode = field('TriggerMode');
  const name = textAt(mode) ?? 'TIME_TRIGGER';
  if (mode && !NEEDS.has(name)) {
    yield about(scene, unit, mode, `${label}TriggerMode`, {
      message: { en: `${unit.name} cannot be started by ${name}`, zh: `${unit.name} 不支持触发方式 ${name}` },
    });
  }
  for (const needed of NEEDS.get(name) ?? []) {
    if (field(needed)) continue;
    yield about(scene, unit, place, `${label}${needed}`, {
      message: { en: `The trigger of ${unit.name} (${name}) has no ${needed}`, zh: `${unit.name} 的触发器（${name}）缺少 ${needed}` },
    });
  }
  for (const [limited, [min, max]] of RANGES) {
    const value = field(limited);
    const number = integerAt(value);
    if (!value || (number !== undefined && number >= min && number <= max)) continue;
    yield about(scene, unit, value, `${label}${limited}`, {
      message: { en: `${limited} of ${unit.name} must be ${min} to ${max} minutes`, zh: `${unit.name} 的 ${limited} 应为 ${min} 到 ${max} 分钟` },
    });
  }
  const pattern = field('FileNamePattern');
  if (pattern && textAt(pattern)?.includes('/'))
    yield about(scene, unit, pattern, `${label}FileNamePattern`, {
      message: { en: `FileNamePattern of ${unit.name} cannot contain a path`, zh: `${unit.name} 的 FileNamePattern 不能包含路径分隔符` },
    });
}
