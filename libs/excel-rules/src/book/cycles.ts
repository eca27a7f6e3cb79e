/** Rings of tasks that wait for each other. */
import { type Book } from './book';
import { type Task } from './task';

/** One ring per group of tasks that can all reach each other: the shortest one through its topmost task, which comes first. Tasks that wait for themselves are left out. */
export function dependencyRings({ tasks, upstreams }: Pick<Book, 'tasks' | 'upstreams'>): (readonly Task[])[] {
  const waitsFor = new Map<Task, Task[]>();
  for (const { task, target } of upstreams) {
    if (!task || !target || task === target) continue;
    const known = waitsFor.get(task);
    if (known) known.push(target);
    else waitsFor.set(task, [target]);
  }
  const position = new Map(tasks.map((task, index) => [task, index] as const));
  const byPosition = (a: Task, b: Task): number => (position.get(a) ?? 0) - (position.get(b) ?? 0);
  return groups(tasks, waitsFor)
    .flatMap((group) => {
      const [first] = group.sort(byPosition);
      return first ? [shortestRing(first, waitsFor, new Set(group))] : [];
    })
    .sort(([a], [b]) => (a && b ? byPosition(a, b) : 0));
}

/** Tarjan's strongly connected components of more than one task, without recursion: a workbook may hold a chain of thousands. */
function groups(tasks: readonly Task[], waitsFor: ReadonlyMap<Task, readonly Task[]>): Task[][] {
  const index = new Map<Task, number>();
  const low = new Map<Task, number>();
  const open: Task[] = [];
  const isOpen = new Set<Task>();
  const found: Task[][] = [];
  const enter = (task: Task): { task: Task; next: number } => {
    index.set(task, index.size);
    low.set(task, index.size - 1);
    open.push(task);
    isOpen.add(task);
    return { task, next: 0 };
  };
  const lower = (task: Task, to: number): void => void low.set(task, Math.min(low.get(task) ?? to, to));
  const leave = (task: Task): void => {
    if (low.get(task) !== index.get(task)) return;
    const group = open.splice(open.lastIndexOf(task));
    for (const member of group) isOpen.delete(member);
    if (group.length > 1) found.push(group);
  };
  for (const root of tasks) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = waitsFor.get(top.task)?.[top.next++];
      if (target === undefined) {
        path.pop();
        leave(top.task);
        const parent = path.at(-1);
        if (parent) lower(parent.task, low.get(top.task) ?? 0);
      } else if (!index.has(target)) path.push(enter(target));
      else if (isOpen.has(target)) lower(top.task, index.get(target) ?? 0);
    }
  }
  return found;
}

function shortestRing(first: Task, waitsFor: ReadonlyMap<Task, readonly Task[]>, members: ReadonlySet<Task>): readonly Task[] {
  const cameFrom = new Map<Task, Task>();
  const queue = [first];
  for (const task of queue) {
    for (const target of waitsFor.get(task) ?? []) {
      if (target === first) return pathTo(task, first, cameFrom);
      if (!members.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, task);
      queue.push(target);
    }
  }
  return [first];
}

function pathTo(last: Task, first: Task, cameFrom: ReadonlyMap<Task, Task>): readonly Task[] {
  const path = [last];
  for (let task = last; task !== first;) {
    task = cameFrom.get(task) ?? first;
    path.unshift(task);
  }
  return path;
}
