/** The lines of the list: groups, and the findings of those that are open. A line is found by counting, so 50,000 of them cost nothing. Pure. */
import { type FindingGroup } from './grouped-findings';

export type FindingRow =
  | { readonly kind: 'group'; readonly group: FindingGroup; readonly position: number }
  | { readonly kind: 'finding'; readonly group: FindingGroup; readonly position: number; readonly place: number };

export interface FindingRows {
  readonly count: number;
  /** `index` from 0. */
  rowAt(index: number): FindingRow | undefined;
  /** The line of a group; undefined where there is no such group. */
  indexOfGroup(key: string): number | undefined;
  /** The line of a finding; undefined where its group is closed or not there. */
  indexOfPlace(key: string, place: number): number | undefined;
}

export function rowsOf(groups: readonly FindingGroup[], isOpen: (key: string) => boolean): FindingRows {
  const starts = new Float64Array(groups.length + 1);
  const positions = new Map<string, number>();
  groups.forEach((group, position) => {
    positions.set(group.key, position);
    starts[position + 1] = (starts[position] ?? 0) + 1 + (isOpen(group.key) ? group.places.length : 0);
  });
  const count = starts[groups.length] ?? 0;
  const indexOfGroup = (key: string): number | undefined => {
    const position = positions.get(key);
    return position === undefined ? undefined : starts[position];
  };
  return {
    count,
    indexOfGroup,
    rowAt: (index) => {
      if (index < 0 || index >= count) return undefined;
      const position = lastAtMost(starts, index);
      const group = groups[position];
      if (!group) return undefined;
      const inside = index - (starts[position] ?? 0) - 1;
      return inside < 0 ? { kind: 'group', group, position } : { kind: 'finding', group, position: inside, place: group.places[inside] ?? 0 };
    },
    indexOfPlace: (key, place) => {
      const start = indexOfGroup(key);
      const group = groups[positions.get(key) ?? -1];
      if (start === undefined || !group || !isOpen(key)) return undefined;
      const inside = lastAtMost(group.places, place);
      return group.places[inside] === place ? start + 1 + inside : undefined;
    },
  };
}

/** The last index whose value is at most `wanted`, in an ascending list. */
function lastAtMost(values: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
