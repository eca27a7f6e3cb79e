/** Files as short values: what the examples of rules are written in. */
import { type Example } from '@tributary/findings';
import { type WedataExample } from './rule';

/** `echo "daily load"` */
const SCRIPT = 'ZWNobyAiZGFpbHkgbG9hZCI=';

type Fields = Readonly<Record<string, unknown>>;

export interface TaskChanges {
  readonly base?: Fields;
  readonly configuration?: Fields;
  readonly schedule?: Fields;
}

/** A CreateTask request that nobody complains about, with some fields changed; undefined takes a field away. */
export function createTask({ base, configuration, schedule }: TaskChanges = {}): Fields {
  return {
    ProjectId: '2840738091966353408',
    TaskBaseAttribute: {
      TaskName: 'load_daily_orders',
      TaskTypeId: '35',
      WorkflowId: '5be0a485-63c5-47dc-a618-ddad5890cdb4',
      OwnerUin: '100028596846',
      ...base,
    },
    TaskConfiguration: { ResourceGroup: '20231124174317834475', CodeContent: SCRIPT, BrokerIp: 'any', ...configuration },
    TaskSchedulerConfiguration: {
      CycleType: 'DAY_CYCLE',
      ScheduleTimeZone: 'UTC+8',
      StartTime: '2025-09-02 00:00:00',
      EndTime: '2099-12-31 23:59:59',
      ScheduleType: '0',
      CalendarOpen: '0',
      SelfDepend: 'serial',
      RunPriorityType: '6',
      RetryWaitMinute: '5',
      MaxRetryNumber: '3',
      ExecutionTTLMinute: '60',
      WaitExecutionTotalTTLMinute: '120',
      AllowRedoType: 'ALL',
      CrontabExpression: '0 0 0 * * ? *',
      InitStrategy: 'T_PLUS_0',
      ...schedule,
    },
  };
}

export function jsonExample(value: unknown, note?: string): Example<WedataExample> {
  return { source: { path: 'wedata/task.json', text: JSON.stringify(value, null, 2) }, ...(note !== undefined && { note }) };
}

export const taskExample = (changes: TaskChanges, note?: string): Example<WedataExample> => jsonExample(createTask(changes), note);

export function yamlExample(path: string, lines: readonly string[], note?: string): Example<WedataExample> {
  return { source: { path, text: `${lines.join('\n')}\n` }, ...(note !== undefined && { note }) };
}

/** A trigger workflow with one trigger. */
export function triggerWorkflow(trigger: Fields, workflow: Fields = {}): Fields {
  return {
    ProjectId: '2840738091966353408',
    WorkflowName: 'orders_on_arrival',
    ParentFolderPath: '/orders',
    OwnerUin: '100028596846',
    TriggerWorkflowSchedulerConfigurations: [
      {
        TriggerMode: 'TIME_TRIGGER',
        SchedulerStatus: 'ACTIVE',
        ScheduleTimeZone: 'UTC+8',
        StartTime: '2025-09-02 00:00:00',
        EndTime: '2099-12-31 23:59:59',
        ConfigMode: 'COMMON',
        CycleType: 'DAY_CYCLE',
        CrontabExpression: '0 0 0 * * ? *',
        ...trigger,
      },
    ],
    ...workflow,
  };
}
