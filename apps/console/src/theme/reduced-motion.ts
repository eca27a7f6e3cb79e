/** Whether this person has asked the system for less motion; then nothing moves, and what opens is there at once. */
import { useSyncExternalStore } from 'react';

const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');

export function useReducedMotion(): boolean {
  return useSyncExternalStore(listen, () => reduced.matches);
}

function listen(listener: () => void): () => void {
  reduced.addEventListener('change', listener);
  return () => {
    reduced.removeEventListener('change', listener);
  };
}
