/** Which regular expressions are safe on an engine that backtracks. */

/** One character, class or escape of a class, perhaps optional; `one` is the one repetition that a pattern may have. */
const atom = String.raw`(?:[^\\^$.|?*+()[\]{}]|\.|\\[dDwWsS.*+?^$|()[\]{}\\/-]|\[\^?(?:[^\\\]]|\\[dDwWsS\]\\^-])+\])`;
const one = String.raw`${atom}(?:[*+]|\{\d{1,2}(?:,\d{0,2})?\})`;
const safe = new RegExp(String.raw`^\^?(?:${atom})*(?:${one})?(?:${atom})*\$?$`);

/**
 * A sequence of single atoms with at most one repetition: a match from one start takes one pass, so the whole takes at most length squared
 * steps of a text that the bounds keep short. No groups, alternatives, look-around, references or second repetition.
 */
export function linearPattern(pattern: string): boolean {
  return pattern.length <= 200 && safe.test(pattern);
}
