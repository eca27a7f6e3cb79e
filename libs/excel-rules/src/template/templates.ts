/** The templates that are recognised, as data: by which headers, with which columns required, and what their importers do. */
import { normaliseHeader } from './header';
import { type TaskField } from './fields';

export interface Template {
  readonly kind: string;
  readonly label: { readonly en: string; readonly zh: string };
  /** A sheet with all of these headers is a task sheet of this template. Undefined: any sheet that scores high enough. */
  readonly signature?: readonly string[];
  /** Headers that mean something else here than in general. */
  readonly aliases: Readonly<Record<string, TaskField>>;
  readonly required: readonly TaskField[];
  /** The importer reads from top to bottom: a task must stand below those that it waits for. */
  readonly ordered: boolean;
  /** The workbook is a part of what already runs: a task that is not in it may exist on the server. */
  readonly partial: boolean;
  /** The columns whose empty cells are faults. */
  readonly filled: readonly TaskField[];
}

const template = ({ signature, aliases = {}, ...rest }: Omit<Template, 'aliases'> & { aliases?: Readonly<Record<string, TaskField>> }): Template => ({
  ...rest,
  ...(signature && { signature: signature.map(normaliseHeader) }),
  aliases: Object.fromEntries(Object.entries(aliases).map(([header, field]) => [normaliseHeader(header), field])),
});

/** In this order; the own template comes last because it takes whatever is a list of tasks. */
export const templates: readonly Template[] = [
  template({
    kind: 'dolphinscheduler',
    label: { en: 'DolphinScheduler import workbook', zh: 'DolphinScheduler 调度模板' },
    signature: ['任务名称', '脚本内容', '执行周期', '最低依赖级别', '操作类型'],
    required: ['project', 'name', 'command', 'cycle', 'enabled'],
    filled: ['project', 'name', 'command', 'cycle', 'enabled'],
    ordered: false,
    partial: true,
  }),
  template({
    kind: 'azkaban',
    label: { en: 'Azkaban helper workbook', zh: 'Azkaban helper 模板' },
    signature: ['project_name', 'flow_name', 'job_name', 'type', 'dependOn'],
    aliases: { dependOn: 'upstream' },
    required: ['project', 'workflow', 'name', 'type', 'command', 'upstream'],
    filled: ['project', 'workflow', 'name', 'type'],
    ordered: true,
    partial: false,
  }),
  template({
    kind: 'taskctl',
    label: { en: 'TASKCTL import workbook', zh: 'TASKCTL 导入模板' },
    signature: ['name', 'typename', 'progname'],
    aliases: { name: 'name', period: 'cycle', jobname: 'name' },
    required: ['name', 'type', 'script'],
    filled: ['name', 'type', 'script'],
    ordered: false,
    partial: false,
  }),
  template({
    kind: 'own',
    label: { en: 'workflow template', zh: '工作流模板' },
    aliases: { dependOn: 'upstream', name: 'name', 名称: 'name' },
    // A workbook of one workflow may do without its name.
    required: ['name', 'type', 'owner'],
    filled: ['workflow', 'name', 'type'],
    ordered: false,
    partial: false,
  }),
];
