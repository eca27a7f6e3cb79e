/** Which paths are one place with several views: a task with its tabs. Pure. */

/** `/tasks/7/why` and `/tasks/7` are the same place. */
export function placeOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}
