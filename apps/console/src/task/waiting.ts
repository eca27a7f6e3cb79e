/** What an open window waits for, and how long at the most. As libs/convergence decides it, on the clock of a page. Pure. */
import { type Lane } from './lanes';
import { type ShownWindow } from './rounds';

export type Wait =
  | { readonly code: 'opening' }
  | { readonly code: 'participation'; readonly leftMs: number }
  | { readonly code: 'unfinished'; readonly types: readonly string[]; readonly leftMs: number }
  | { readonly code: 'gap'; readonly leftMs: number }
  | { readonly code: 'closing' };

/** In the order in which they end. */
export function waitsOf(window: ShownWindow, lanes: readonly Lane[], now: number): readonly Wait[] {
  const { openedAt, participationEndsAt = 0, deadlineAt = 0 } = window;
  if (openedAt === undefined) return [{ code: 'opening' }];
  const unfinished = lanes.filter(({ kind, state }) => (kind === 'joined' && state === 'RUNNING') || kind === 'unreachable').map(({ type }) => type);
  const gapEnds = gapEndsAt(window, lanes);
  const waits: Wait[] = [];
  if (now < participationEndsAt) waits.push({ code: 'participation', leftMs: participationEndsAt - now });
  if (unfinished.length > 0) waits.push({ code: 'unfinished', types: unfinished, leftMs: Math.max(0, deadlineAt - now) });
  else if (now < gapEnds && gapEnds > participationEndsAt) waits.push({ code: 'gap', leftMs: Math.min(gapEnds, deadlineAt) - now });
  return waits.length > 0 ? waits : [{ code: 'closing' }];
}

/** The end of the quiet that the last start or end has begun; heartbeats and refusals do not count. */
export function gapEndsAt({ openedAt = 0, gapMs }: ShownWindow, lanes: readonly Lane[]): number {
  const activity = lanes.flatMap(({ marks }) => marks).filter(({ fact }) => !/^SubTask(Declined|Progressed)$/.test(fact.type));
  return Math.max(openedAt, ...activity.map(({ at }) => at)) + gapMs;
}
