/** How often a list is asked again while somebody looks at it: soon while it changes, ever more rarely while it does not. Pure. */
export const liveMsMin = 2_000;
export const liveMsMax = 30_000;

/** `changed`: the last answer was another one than before. */
export function nextLiveMs(lastMs: number, changed: boolean): number {
  return changed ? liveMsMin : Math.min(liveMsMax, Math.max(liveMsMin, Math.round(lastMs * 1.5)));
}
