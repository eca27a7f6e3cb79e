/** What all files of a package say together. Found once per package, although every file asks for it. */
import { compareBytes } from '@tributary/findings';
import { type WedataDocument } from '../recognise';
import { textAt } from '../document/place';
import { dependencyRings, taskGraph, type TaskGraph } from './task-graph';
import { field, isTask, type Unit } from './unit';

export interface PackageView {
  /** Sorted by path. */
  readonly documents: readonly WedataDocument[];
  readonly graph: TaskGraph;
  /** Tasks that wait for each other, each ring beginning with its smallest id. */
  readonly rings: readonly (readonly string[])[];
  /** The first task of each name within its workflow, by `nameKey`. */
  readonly firstOfName: ReadonlyMap<string, { readonly path: string; readonly unit: Unit }>;
}

const views = new WeakMap<readonly WedataDocument[], PackageView>();

/** The view of the siblings; with the document, where it is not among them. */
export function packageView(siblings: readonly WedataDocument[], document: WedataDocument | undefined): PackageView {
  if (document && !siblings.includes(document)) return viewOf([...siblings.filter(({ path }) => path !== document.path), document]);
  const known = views.get(siblings);
  if (known) return known;
  const view = viewOf(siblings);
  views.set(siblings, view);
  return view;
}

function viewOf(all: readonly WedataDocument[]): PackageView {
  const documents = [...all].sort((a, b) => compareBytes(a.path, b.path));
  const graph = taskGraph(documents);
  return { documents, graph, rings: dependencyRings(graph), firstOfName: namesIn(documents) };
}

/** What a task's name must be unique by; undefined for whatever has none. */
export function nameKey(unit: Unit): string | undefined {
  const name = isTask(unit) && unit.verified ? textAt(field(unit, 'TaskName')) : undefined;
  return name === undefined || name === '' ? undefined : JSON.stringify([textAt(field(unit, 'ProjectId')), textAt(field(unit, 'WorkflowId')), name]);
}

function namesIn(documents: readonly WedataDocument[]): PackageView['firstOfName'] {
  const first = new Map<string, { readonly path: string; readonly unit: Unit }>();
  for (const { path, units } of documents) {
    for (const unit of units) {
      const key = nameKey(unit);
      if (key !== undefined && !first.has(key)) first.set(key, { path, unit });
    }
  }
  return first;
}
