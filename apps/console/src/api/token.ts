/** The token of this tab, and whether the server wants one. */
import { useSyncExternalStore } from 'react';

const key = 'tributary.token';
const listeners = new Set<() => void>();
const arrivals = new Set<() => void>();
let wanted = false;
let forNow: string | undefined;

export function currentToken(): string | undefined {
  try {
    return window.sessionStorage.getItem(key) ?? forNow;
  } catch {
    return forNow;
  }
}

/** A call was refused. `refused`: what was sent with it; when there is a newer token by now, nobody needs to be asked. */
export function wantToken(refused: string | undefined): void {
  const newest = currentToken();
  if (wanted || (newest !== undefined && newest !== refused)) return;
  wanted = true;
  changed();
}

/** What the person enters; nothing when she would rather not. */
export function giveToken(token: string | undefined): void {
  wanted = false;
  if (token !== undefined) keepToken(token);
  changed();
  if (token !== undefined) for (const arrived of arrivals) arrived();
}

/** Calls back whenever there is a new token, to do again what was refused. */
export function onToken(arrived: () => void): () => void {
  arrivals.add(arrived);
  return () => arrivals.delete(arrived);
}

export function useTokenWanted(): boolean {
  return useSyncExternalStore(listen, () => wanted);
}

function keepToken(token: string): void {
  forNow = token;
  try {
    window.sessionStorage.setItem(key, token);
  } catch {
    // Storage is forbidden: the token holds until the page is loaded again.
  }
}

function changed(): void {
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
