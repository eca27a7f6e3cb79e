/** Waiting with a deadline that says what was seen last. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly withinMs?: number;
  readonly everyMs?: number;
}

type Found<T> = Exclude<T, undefined | null | false>;

/** Repeats `probe` until it answers something truthy; what `see` was given last stands in the message of the deadline. */
export async function until<T>(
  what: string,
  probe: (see: <S>(value: S) => S) => T | Promise<T>,
  { withinMs = 30_000, everyMs = 100 }: Patience = {},
): Promise<Found<T>> {
  const deadline = performance.now() + withinMs;
  let seen: unknown = 'nothing';
  const see = <S>(value: S): S => {
    seen = value;
    return value;
  };
  for (;;) {
    const found = await probe(see);
    if (found) return found as Found<T>;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}; seen last: ${JSON.stringify(seen, null, 1).slice(0, 3_000)}`);
    await sleep(everyMs);
  }
}
