/** When a window can close next, and what a pause does to it. Pure. */
import { decide, type Decision } from '@tributary/convergence';
import { type PolicySnapshot } from '@tributary/facts';
import { participationOver, pausedMs, type WatchReading, type WindowRecord } from './gate.memory';

export function decisionOf(window: WindowRecord, policy: PolicySnapshot, watchMs: number): Decision | undefined {
  if (!window.opened || window.closed) return undefined;
  return decide(window.state, policy, { openedWatchMs: window.opened.watchMs, watchMs });
}

/** The window with the watch time at which to look at it again. */
export function scheduled(window: WindowRecord, policy: PolicySnapshot, watchMs: number): WindowRecord {
  const decision = decisionOf(window, policy, watchMs);
  if (!decision) return window;
  // What is due stays due since then: a due time that moved with every batch would have its target captured anew, for ever.
  return { ...window, dueWatchMs: decision.kind === 'close' ? Math.min(window.dueWatchMs ?? watchMs, watchMs) : decision.untilWatchMs };
}

export function openedNow(window: WindowRecord, openedBy: string, watch: WatchReading): WindowRecord {
  const at = new Date(watch.wallMs).toISOString();
  return { ...window, openedBy, opened: { at, watchMs: watch.watchMs, shardPausedMs: watch.pausedMs, pausedBeforeMs: 0 } };
}

/** After a pause participation begins anew: workers come back later than the coordinator. What was watched before counts as paused. */
export function begunAnew(window: WindowRecord, policy: PolicySnapshot, watch: WatchReading): WindowRecord {
  const { opened } = window;
  if (!opened || window.closed || participationOver(window, policy, watch)) return window;
  const watched = watch.watchMs - opened.watchMs;
  return { ...window, opened: { ...opened, watchMs: watch.watchMs, shardPausedMs: watch.pausedMs, pausedBeforeMs: pausedMs(window, watch) + watched } };
}
