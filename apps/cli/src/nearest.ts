/** What somebody who mistyped a word may have meant. Pure. */

/** The word with the fewest edits (a neighbouring swap is one), if they are few for its length. */
export function nearestTo(given: string, words: readonly string[]): string | undefined {
  const ranked = words.map((word) => ({ word, distance: edits(given, word) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  const begins = given.length >= 2 ? words.find((word) => word.startsWith(given)) : undefined;
  return best && best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : begins;
}

/** Optimal string alignment. */
function edits(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, n) => n)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1), swapped ? at(i - 2, j - 2) + 1 : Infinity));
    }
  }
  return at(a.length, b.length);
}
