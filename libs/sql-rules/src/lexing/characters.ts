/** Classes of UTF-16 units, as SQL reads them. */

export function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xfeff || unit === 0x85;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

/** Letters of any script, `_`; not digits. */
export function startsWord(unit: number): boolean {
  return isLetter(unit) || unit === 0x5f || (unit >= 0x80 && !isFullwidth(unit) && !isSpace(unit));
}

export function continuesWord(unit: number): boolean {
  return startsWord(unit) || isDigit(unit);
}

/** Punctuation and spaces that look like SQL's own and are not: a Chinese keyboard's `，；（）`, curly quotes, no-break and zero-width spaces. */
export function isFullwidth(unit: number): boolean {
  return (
    unit === 0xa0 ||
    (unit >= 0x2000 && unit <= 0x200f) ||
    (unit >= 0x2018 && unit <= 0x201f) ||
    (unit >= 0x3000 && unit <= 0x3003) ||
    (unit >= 0x3008 && unit <= 0x3011) ||
    (unit >= 0xff01 && unit <= 0xff0f) ||
    (unit >= 0xff1a && unit <= 0xff20) ||
    (unit >= 0xff3b && unit <= 0xff3e) ||
    (unit >= 0xff5b && unit <= 0xff65)
  );
}

/** The end of the line that `at` is on: the offset of its line feed, or the end of the text. */
export function endOfLine(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
}
