/** Whether the server can be reached: told by every call, asked again while it cannot. */
import { useSyncExternalStore } from 'react';

export type Connection = 'online' | 'offline' | 'unreachable';

const probeEveryMs = 3_000;
const listeners = new Set<() => void>();
let reachable = true;
let probing: number | undefined;

export function callSucceeded(): void {
  if (reachable) return;
  reachable = true;
  window.clearInterval(probing);
  probing = undefined;
  changed();
}

export function callFailed(): void {
  reachable = false;
  probing ??= window.setInterval(probe, probeEveryMs);
  changed();
}

export function useConnection(): Connection {
  return useSyncExternalStore(listen, () => (navigator.onLine ? (reachable ? 'online' : 'unreachable') : 'offline'));
}

/** Calls back whenever the connection is there again. */
export function onBackAgain(back: () => void): () => void {
  let before = reachable && navigator.onLine;
  return listen(() => {
    const now = reachable && navigator.onLine;
    if (now && !before) back();
    before = now;
  });
}

function probe(): void {
  void fetch('/healthz', { cache: 'no-store' }).then(({ ok }) => {
    if (ok) callSucceeded();
  }, stillGone);
}

/** The next probe asks again. */
function stillGone(): void {
  changed();
}

function changed(): void {
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
