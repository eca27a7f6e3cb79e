/** Who waits for whom among the tasks of a package, by task id. */
import { compareBytes } from '@tributary/findings';
import { child, textAt, type Place } from '../document/place';
import { type WedataDocument } from '../recognise';
import { field, items, isTask, type Unit } from './unit';

export interface TaskNode {
  readonly id: string;
  readonly path: string;
  readonly unit: Unit;
  readonly upstreams: readonly { readonly id: string; readonly place: Place }[];
}

export type TaskGraph = ReadonlyMap<string, TaskNode>;

export function taskGraph(documents: readonly WedataDocument[]): TaskGraph {
  const graph = new Map<string, TaskNode>();
  for (const { path, units } of documents) {
    for (const unit of units) {
      const id = isTask(unit) && unit.verified ? textAt(field(unit, 'TaskId')) : undefined;
      if (id === undefined || id === '' || graph.has(id)) continue;
      const upstreams = items(unit, 'UpstreamDependencyConfigList').flatMap((dependency) => {
        const place = child(dependency, 'TaskId');
        const on = textAt(place);
        return place && on !== undefined ? [{ id: on, place }] : [];
      });
      graph.set(id, { id, path, unit, upstreams });
    }
  }
  return graph;
}

/** Shortest rings that together touch every group of tasks in a loop; tasks that wait for themselves are rings of one. */
export function dependencyRings(graph: TaskGraph): (readonly string[])[] {
  const loose = looped(graph);
  const told = new Set<string>();
  const rings: (readonly string[])[] = [];
  for (const id of [...loose].sort(compareBytes)) {
    if (told.has(id)) continue;
    const ring = shortestRing(graph, id, loose);
    for (const member of ring ?? [id]) told.add(member);
    if (ring) rings.push(ring);
  }
  return rings;
}

/** What is left when tasks without an upstream in the graph are taken away until there is none: loops and what waits for them. */
function looped(graph: TaskGraph): ReadonlySet<string> {
  const missing = new Map<string, number>();
  const downstreams = new Map<string, string[]>();
  for (const { id, upstreams } of graph.values()) {
    const inside = upstreams.filter((upstream) => graph.has(upstream.id));
    missing.set(id, inside.length);
    for (const upstream of inside) {
      const known = downstreams.get(upstream.id);
      if (known) known.push(id);
      else downstreams.set(upstream.id, [id]);
    }
  }
  const free = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  for (const id of free) {
    missing.delete(id);
    for (const downstream of downstreams.get(id) ?? []) {
      const left = (missing.get(downstream) ?? 1) - 1;
      missing.set(downstream, left);
      if (left === 0) free.push(downstream);
    }
  }
  return new Set(missing.keys());
}

/** The shortest way from a task over its upstreams back to itself, beginning with it; undefined where there is none. */
function shortestRing(graph: TaskGraph, start: string, within: ReadonlySet<string>): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const id of queue) {
    for (const upstream of graph.get(id)?.upstreams ?? []) {
      if (upstream.id === start) return pathTo(id, start, cameFrom);
      if (!within.has(upstream.id) || cameFrom.has(upstream.id)) continue;
      cameFrom.set(upstream.id, id);
      queue.push(upstream.id);
    }
  }
  return undefined;
}

function pathTo(last: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path: string[] = [];
  for (let id = last; id !== start; id = cameFrom.get(id) ?? start) path.push(id);
  return [start, ...path.reverse()];
}
