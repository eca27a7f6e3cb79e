/** What changed between two versions of a product: faults that are new, fixed, or still there, matched by fingerprint. */
export interface Comparable {
  /** The participant that found it, where findings of several are compared. */
  readonly type?: string;
  readonly ruleId: string;
  readonly fingerprint: string;
}

export interface Comparison<F> {
  readonly new: F[];
  readonly fixed: F[];
  /** As the newer version tells them. */
  readonly unchanged: F[];
}

/** Order is kept. Of several findings with one fingerprint (foreign workers may give it twice) each matches one of the other side. */
export function compareVersions<F extends Comparable>(base: readonly F[], head: readonly F[]): Comparison<F> {
  const unmatched = new Map<string, number>();
  for (const finding of base) count(unmatched, finding, 1);
  const isOld = head.map((finding) => {
    const known = (unmatched.get(keyOf(finding)) ?? 0) > 0;
    if (known) count(unmatched, finding, -1);
    return known;
  });
  const fixed = [...base].reverse().filter((finding) => {
    const gone = (unmatched.get(keyOf(finding)) ?? 0) > 0;
    if (gone) count(unmatched, finding, -1);
    return gone;
  });
  return { new: head.filter((_, index) => !isOld[index]), fixed: fixed.reverse(), unchanged: head.filter((_, index) => isOld[index]) };
}

function count(counts: Map<string, number>, finding: Comparable, by: number): void {
  const key = keyOf(finding);
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function keyOf({ type = '', ruleId, fingerprint }: Comparable): string {
  return JSON.stringify([type, ruleId, fingerprint]);
}
