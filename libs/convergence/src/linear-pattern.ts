/** Which regular expressions are safe on an engine that backtracks. */

/** One character, class or escape of a class; `one` is the one repetition that a pattern may have. */
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

const part = new RegExp(String.raw`(${atom})(?:([*+?])|\{(\d{1,2})(?:,\d{0,2})?\})?`, 'g');

/** A text that a linear pattern matches, if a simple try finds one: each atom once, or as often as it asks at least. */
export function sampleOf(pattern: string): string | undefined {
  if (!linearPattern(pattern)) return undefined;
  const text = [...pattern.replace(/^\^/, '').replace(/\$$/, '').matchAll(part)]
    .map(([, one = '', , least = '1']) => letterOf(one).repeat(Number(least)))
    .join('');
  return new RegExp(pattern).test(text) ? text : undefined;
}

function letterOf(one: string): string {
  const letter = new RegExp(`^${one}$`);
  return ['X', '0', '_', 'A', 'Z', '-', '.', ...Array.from(one)].find((candidate) => letter.test(candidate)) ?? '';
}
