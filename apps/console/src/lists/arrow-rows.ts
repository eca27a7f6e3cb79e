/** Arrow keys go from line to line of a table whose lines begin with a link or a button. */
import { type KeyboardEvent } from 'react';

export function onArrowKeys(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  if (at < 0) return;
  event.preventDefault();
  stops[at + step]?.focus();
}
