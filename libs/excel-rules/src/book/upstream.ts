/** Who waits for whom: the cells that name upstream tasks, each name resolved to a task where there is one. */
import { type DependencyField } from '../template/fields';
import { type CellLocation, type Row, type Task } from './task';

/** One name in one cell. */
export interface Upstream {
  /** Who waits. Undefined: a dependency sheet names a task that is nowhere. */
  readonly task: Task | undefined;
  /** Its name as it stands in the workbook. */
  readonly of: string;
  readonly name: string;
  readonly location: CellLocation;
  readonly target: Task | undefined;
  /** The name points into a project that this workbook has no task of. */
  readonly elsewhere: boolean;
}

const SEPARATORS = /[,，;；|、\r\n]+/;

/** `a, b；c` -> a, b, c; empty pieces are somebody else's business. */
export function splitUpstreams(text: string): string[] {
  return text
    .split(SEPARATORS)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function readUpstreams(tasks: readonly Task[], dependencies: readonly Row<DependencyField>[]): Upstream[] {
  const directory = directoryOf(tasks);
  const inTasks = tasks.flatMap((task) => {
    const names = task.has('upstream') ? splitUpstreams(task.text('upstream')) : [];
    return names.map((name): Upstream => ({ task, of: task.name, name, location: task.at('upstream'), ...resolve(name, task, directory) }));
  });
  return [...inTasks, ...dependencies.flatMap((row) => fromSheet(row, directory))];
}

interface Directory {
  readonly byPlace: ReadonlyMap<string, Task>;
  readonly byProject: ReadonlyMap<string, Task>;
  readonly byWorkflow: ReadonlyMap<string, Task>;
  readonly byName: ReadonlyMap<string, Task>;
  readonly projects: ReadonlySet<string>;
}

const key = (...parts: readonly string[]): string => JSON.stringify(parts);

/** The first task of a name wins: repeated names are a fault of their own. */
function directoryOf(tasks: readonly Task[]): Directory {
  const first = (keyOf: (task: Task) => string): Map<string, Task> => {
    const found = new Map<string, Task>();
    for (const task of tasks) if (!found.has(keyOf(task))) found.set(keyOf(task), task);
    return found;
  };
  return {
    byPlace: first(({ project, workflow, name }) => key(project, workflow, name)),
    byProject: first(({ project, name }) => key(project, name)),
    byWorkflow: first(({ workflow, name }) => key(workflow, name)),
    byName: first(({ name }) => name),
    projects: new Set(tasks.map(({ project }) => project)),
  };
}

/** `name`, `workflow.name` or `project:workflow:name`; the nearest task of that name wins. */
function resolve(
  name: string,
  { project, workflow }: Task,
  { byPlace, byProject, byWorkflow, byName, projects }: Directory,
): Pick<Upstream, 'target' | 'elsewhere'> {
  const near = byPlace.get(key(project, workflow, name)) ?? byProject.get(key(project, name)) ?? byName.get(name);
  if (near) return { target: near, elsewhere: false };
  const [first = '', second = '', third, ...more] = name.split(':').map((part) => part.trim());
  if (third !== undefined && more.length === 0) return { target: byPlace.get(key(first, second, third)), elsewhere: !projects.has(first) };
  const dot = name.indexOf('.');
  const target = dot < 0 ? undefined : byWorkflow.get(key(name.slice(0, dot).trim(), name.slice(dot + 1).trim()));
  return { target, elsewhere: false };
}

function fromSheet(row: Row<DependencyField>, { byPlace, byProject, byWorkflow, byName, projects }: Directory): Upstream[] {
  const [of, name] = [row.text('name'), row.text('upstreamTask')];
  if (of === '' || name === '') return [];
  const find = (project: string, workflow: string, task: string): Task | undefined => {
    if (project !== '') return byPlace.get(key(project, workflow, task)) ?? (workflow === '' ? byProject.get(key(project, task)) : undefined);
    return workflow === '' ? byName.get(task) : byWorkflow.get(key(workflow, task));
  };
  const project = row.text('upstreamProject') || row.text('project');
  return [
    {
      task: find(row.text('project'), row.text('workflow'), of),
      of,
      name,
      location: row.at('upstreamTask'),
      target: find(project, row.text('upstreamWorkflow'), name),
      elsewhere: project !== '' && !projects.has(project),
    },
  ];
}
