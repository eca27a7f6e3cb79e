/** What all files of a package say together. Found once per package, although every file asks for it. */
import { compareBytes } from '@tributary/findings';
import { type WedataDocument } from '../recognise';
import { dependencyRings, taskGraph, type TaskGraph } from './task-graph';

export interface PackageView {
  /** Sorted by path. */
  readonly documents: readonly WedataDocument[];
  readonly graph: TaskGraph;
  /** Tasks that wait for each other, each ring beginning with its smallest id. */
  readonly rings: readonly (readonly string[])[];
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
  return { documents, graph, rings: dependencyRings(graph) };
}
