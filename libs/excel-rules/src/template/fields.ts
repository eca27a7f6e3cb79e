/**
 * The columns that scheduler workbooks have, by role of the sheet, with the headers that people give them. The products' own
 * names come from their templates: DolphinScheduler (reele/process_definition_import_tool, `调度模板v1.4.xlsx`), Azkaban
 * (JingZhang-Cherish/azkaban_helper, `docs/template.xlsx`), TASKCTL (mftaskctl/taskctl_xml2csv), AutoSys JIL, Control-M exports.
 */
import { normaliseHeader } from './header';

export type Role = 'tasks' | 'schedules' | 'dependencies';

const taskHeaders = {
  project: ['项目', '项目名称', '项目名', 'project', 'project_name'],
  workflow: ['工作流', '工作流名称', '工作流名', '流程', '流程名称', '分组', 'workflow', 'workflow_name', 'flow', 'flow_name', 'box_name', 'process_name'],
  name: ['任务', '任务名称', '任务名', '作业', '作业名称', '作业名', 'task', 'task_name', 'job', 'job_name', 'insert_job', '11_JOBNAME', '节点名称'],
  type: ['任务类型', '作业类型', '节点类型', 'task_type', 'type', 'type_name', 'job_type', '13_TASKTYPE'],
  script: ['脚本', '脚本路径', '脚本文件', '程序名称', '程序路径', 'script_path', 'script_file', 'prog_name'],
  command: ['命令', '脚本内容', '执行命令', '命令行', 'command', 'cmdline', '14_CMDLINE', 'script'],
  params: ['参数', '运行参数', '任务参数', 'params', 'parameters', 'para', 'flow_configs'],
  upstream: [
    '上游',
    '上游依赖',
    '上游任务',
    '前置任务',
    '前置作业',
    '依赖',
    '依赖任务',
    '依赖作业',
    'depends_on',
    'dependencies',
    'prejob',
    'upstream',
    'upstream_tasks',
    'lean',
  ],
  cycle: ['调度周期', '执行周期', '周期', '调度类型', 'cycle', 'frequency', 'cycle_type', 'schedule_cycle'],
  cron: ['定时', 'cron', 'cron表达式', '定时表达式', '调度表达式', 'crontab', 'cron_expression'],
  startTime: ['生效日期', '生效时间', '开始时间', '开始日期', 'start_time', 'start_date'],
  endTime: ['失效日期', '失效时间', '结束时间', '结束日期', 'end_time', 'end_date'],
  selfDepend: ['自依赖', '是否自依赖', '是否自依赖上一周期', 'self_depend', 'self_dependency'],
  priority: ['优先级', 'priority'],
  retry: ['重试次数', '失败重试次数', 'retry', 'retries', 'retry_times', 'retry_count', 'n_retrys', 'maxnum', 'max_retry_number'],
  retryInterval: ['重试间隔', '失败重试间隔', 'retry_interval', 'retry_delay', 'errdelay', 'retry_wait_minute'],
  timeout: ['超时', '超时时间', '作业超时', '任务超时', 'timeout', 'term_run_time'],
  owner: ['负责人', '责任人', '任务负责人', 'owner', 'in_charge'],
  enabled: ['是否启用', '启用', '操作类型', '状态', 'enable', 'enabled'],
  resource: ['资源组', '工作组', '工作组名称', '队列', '代理', 'worker_group', 'agentid', 'queue'],
  environment: ['环境', '环境名称', 'environment'],
  description: ['描述', '说明', '备注', '任务描述', 'description', 'desc', 'jobdesc', 'job_comment'],
  level: ['最低依赖级别'],
} as const;

const scheduleHeaders = {
  enabled: taskHeaders.enabled,
  project: taskHeaders.project,
  workflow: taskHeaders.workflow,
  cron: taskHeaders.cron,
  cycle: taskHeaders.cycle,
  owner: taskHeaders.owner,
} as const;

const dependencyHeaders = {
  project: taskHeaders.project,
  workflow: taskHeaders.workflow,
  name: taskHeaders.name,
  upstreamProject: ['依赖的项目名称', '依赖项目', '上游项目', '上游项目名称', 'upstream_project'],
  upstreamWorkflow: ['依赖的分组', '依赖工作流', '上游工作流', '上游工作流名称', 'upstream_workflow'],
  upstreamTask: ['依赖的作业名称', '依赖的任务名称', '上游任务', '上游任务名称', '上游作业', 'upstream_task', 'prejob'],
} as const;

export type TaskField = keyof typeof taskHeaders;
export type ScheduleField = keyof typeof scheduleHeaders;
export type DependencyField = keyof typeof dependencyHeaders;

const indexed = <Field extends string>(headers: Readonly<Record<Field, readonly string[]>>): ReadonlyMap<string, Field> =>
  new Map((Object.entries(headers) as [Field, readonly string[]][]).flatMap(([field, names]) => names.map((name) => [normaliseHeader(name), field] as const)));

/** Normalised header -> field. */
export const taskFieldOf = indexed(taskHeaders);
export const scheduleFieldOf = indexed(scheduleHeaders);
export const dependencyFieldOf = indexed(dependencyHeaders);

/** How a field is called to a person. */
export function labelOf(field: TaskField): { readonly en: string; readonly zh: string } {
  const names: readonly string[] = taskHeaders[field];
  return {
    en: names.find((name) => /^[a-z_]+$/.test(name)) ?? field,
    zh: names.find((name) => /^[\u4e00-\u9fff]+$/.test(name) && name.length > 2) ?? names[0] ?? field,
  };
}
