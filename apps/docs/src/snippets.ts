/** The fenced blocks of a page, with what their first line says about them. Pure. */

export interface Snippet {
  /** `sh`, `ts`, `text` ... */
  readonly language: string;
  /** The words behind it: `run`, `start`, `expect`, or `exit` with its value under `exit`. */
  readonly words: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

export function snippetsOf(page: string): Snippet[] {
  const found: Snippet[] = [];
  let open: { fence: string; info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of page.split('\n').entries()) {
    const [, fence = '', info = ''] = /^(`{3,})(.*)$/.exec(line) ?? [];
    if (!open) {
      if (fence !== '') open = { fence, info, line: index + 1, lines: [] };
    } else if (fence === open.fence && info === '') {
      const [language = '', ...words] = open.info.trim().split(/\s+/);
      const pairs = words.map((word) => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']);
      found.push({ language, words: Object.fromEntries(pairs) as Record<string, string>, text: `${open.lines.join('\n')}\n`, line: open.line });
      open = undefined;
    } else open.lines.push(line);
  }
  return found;
}

/** Lines that are expected and stand nowhere in the output. Blanks count as one. */
export function missingLines(expected: string, output: string): string[] {
  const plain = (text: string): string => text.replaceAll(/[ \t]+/g, ' ').trim();
  const lines = expected.split('\n').map(plain).filter(Boolean);
  const whole = plain(output);
  return lines.filter((line) => !whole.includes(line));
}
