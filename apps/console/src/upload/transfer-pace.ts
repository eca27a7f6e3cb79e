/** How fast an upload goes, and how long it will still take. Pure. */

export interface Sample {
  /** ms of any clock that only runs forward. */
  readonly at: number;
  readonly bytes: number;
}

/** Networks change: only so much of the past counts, ms. */
const windowMs = 6_000;
/** Before that an estimate would jump, ms. */
const settledAfterMs = 800;

/** The past that still counts, with the newest sample. */
export function withSample(samples: readonly Sample[], newest: Sample): readonly Sample[] {
  return [...samples.filter(({ at }) => newest.at - at <= windowMs), newest];
}

/** Undefined until there is enough to judge by. */
export function bytesPerSecond(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < settledAfterMs) return undefined;
  return ((last.bytes - first.bytes) / (last.at - first.at)) * 1_000;
}

export function timeLeftMs(samples: readonly Sample[], size: number): number | undefined {
  const rate = bytesPerSecond(samples);
  const sent = samples.at(-1)?.bytes ?? 0;
  return rate === undefined || rate <= 0 ? undefined : ((size - sent) / rate) * 1_000;
}
