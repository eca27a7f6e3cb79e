/** Which tasks the list shows, as it stands in its address. Pure. */
import { taskStatuses, type TaskStatus } from '@tributary/facts';

export interface TaskFilter {
  readonly product?: string;
  readonly version?: string;
  readonly status?: TaskStatus;
}

export function filterIn(search: URLSearchParams): TaskFilter {
  const status = taskStatuses.find((known) => known === search.get('status'));
  const texts = (['product', 'version'] as const).flatMap((name) => {
    const value = (search.get(name) ?? '').trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(texts), ...(status && { status }) };
}

/** What somebody typed into the search: a task's id or its address leads there, `product version` narrows to a version, a word to a product. */
export function searchedFor(typed: string): { readonly taskId: string } | Pick<TaskFilter, 'product' | 'version'> {
  const text = typed.trim();
  const [taskId] = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.exec(text) ?? [];
  if (taskId !== undefined) return { taskId: taskId.toLowerCase() };
  const [, product = '', version] = /^([^\s@]+)(?:[\s@]+(.+))?$/.exec(text) ?? [];
  return { ...(product !== '' && { product }), ...(version !== undefined && { version }) };
}
