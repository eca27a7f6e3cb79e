/** Who usually takes part in a product and has said nothing yet: what the coordinator will call silent, told while there is still time. Pure. */
import { type Task } from '@tributary/http-api';
import { type Lane } from './lanes';

/** A product's name when none was given at the upload: its packages have nothing to do with each other. */
const noProduct = 'default';
const verdictsLookedAt = 5;

/** Whether a product's earlier verdicts say anything about the next one. */
export function hasHabits(product: string): boolean {
  return product !== noProduct;
}

/** Types that took part in the last five verdicts among `tasks`, sorted. */
export function usualTypes(tasks: readonly Task[]): readonly string[] {
  const judged = tasks.filter(({ revision, window }) => revision > 0 && window.closedAt !== undefined);
  const latest = judged.sort((a, b) => closedAt(b) - closedAt(a)).slice(0, verdictsLookedAt);
  return [...new Set(latest.flatMap(({ observedTypes }) => observedTypes))].sort();
}

/** A calm lane for everybody of `usual` who has none, behind the others; nobody is awaited any more once the window is closed. */
export function withAwaited(lanes: readonly Lane[], usual: readonly string[], isOpen: boolean): readonly Lane[] {
  if (!isOpen) return lanes;
  const heard = new Set(lanes.map(({ type }) => type));
  const awaited = usual.filter((type) => !heard.has(type)).map((type): Lane => ({ type, kind: 'awaited', state: 'awaited', marks: [] }));
  return [...lanes, ...awaited];
}

function closedAt({ window }: Task): number {
  return Date.parse(window.closedAt ?? '');
}
