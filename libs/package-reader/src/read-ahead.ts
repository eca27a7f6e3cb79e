/** Reads many small places of a large source in few requests: neighbours together, some requests at once, bounded memory. */
import { type RandomAccess, readExactly } from './source';

export interface Wanted {
  readonly start: number;
  readonly end: number;
}

/** What lies between two wanted places is read along when it is not longer than this. */
const joinBytesMax = 64 * 1024;
const windowBytesMax = 4 * 1024 * 1024;
const requestsAtOnceMax = 6;

interface Window {
  readonly start: number;
  end: number;
  readonly wanted: number[];
}

/**
 * Yields the bytes of every wanted place, with its position in the list. The places are sorted by their start; a place may be
 * longer than a window, but not longer than the caller wants to hold.
 */
export async function* readPlaces(
  source: RandomAccess,
  places: readonly Wanted[],
  signal?: AbortSignal,
): AsyncGenerator<{ position: number; bytes: Buffer }, void, undefined> {
  const windows = windowsOf(places);
  const underWay: Promise<Buffer>[] = [];
  const begin = (window: Window | undefined): void => {
    if (window === undefined) return;
    const reading = readExactly(source, window.start, window.end - window.start, signal);
    reading.catch(() => undefined); // awaited when its turn comes
    underWay.push(reading);
  };
  for (const window of windows.slice(0, requestsAtOnceMax)) begin(window);
  for (const [at, window] of windows.entries()) {
    const bytes = await underWay.shift();
    if (bytes === undefined) return;
    begin(windows[at + requestsAtOnceMax]);
    for (const position of window.wanted) {
      const place = places[position];
      if (place) yield { position, bytes: bytes.subarray(place.start - window.start, place.end - window.start) };
    }
  }
}

function windowsOf(places: readonly Wanted[]): Window[] {
  const windows: Window[] = [];
  let last: Window | undefined;
  for (const [position, place] of places.entries()) {
    const end = last === undefined ? place.end : Math.max(last.end, place.end);
    if (last !== undefined && place.start - last.end <= joinBytesMax && end - last.start <= windowBytesMax) {
      last.end = end;
      last.wanted.push(position);
    } else {
      last = { start: place.start, end: place.end, wanted: [position] };
      windows.push(last);
    }
  }
  return windows;
}
