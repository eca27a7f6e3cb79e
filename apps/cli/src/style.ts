/** Colours and widths of a terminal, and the guard before it: nothing that a server says can move the cursor. */
import { styleText } from 'node:util';

export type Tone = 'good' | 'bad' | 'fair' | 'dim' | 'strong' | 'accent';

export type Style = (tone: Tone, text: string) => string;

const formats = { good: 'green', bad: 'red', fair: 'yellow', dim: 'dim', strong: 'bold', accent: 'cyan' } as const;

export function styleOf(colours: boolean): Style {
  return colours ? (tone, text) => (text === '' ? '' : styleText(formats[tone], text, { validateStream: false })) : (_, text) => text;
}

/** https://no-color.org: any value but the empty one; FORCE_COLOR wins over a stream that is no terminal. */
export function wantsColours(environment: Readonly<Record<string, string | undefined>>, isTTY: boolean | undefined): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTTY === true && environment['TERM'] !== 'dumb';
}

/** One line of text from outside: control characters and those that turn the direction of writing become a visible mark. */
export function plain(text: string): string {
  return text.replaceAll(/\r\n|[\n\t]/g, ' ').replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns that a text without colours takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += wide.test(sign) ? 2 : /\p{M}/u.test(sign) ? 0 : 1;
  return width;
}

export function padded(text: string, columns: number): string {
  return `${text}${' '.repeat(Math.max(0, columns - widthOf(text)))}`;
}

/** At most so many columns; what is left out shows as an ellipsis. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const sign of text) {
    width += widthOf(sign);
    if (width > columns) break;
    kept += sign;
  }
  return columns < 1 ? '' : `${kept}…`;
}

/** Rows as columns that stand under each other, two spaces apart; the last one is not padded. */
export function table(rows: readonly (readonly string[])[], paint: (cell: string, column: number, row: number) => string = (cell) => cell): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, n) => Math.max(most[n] ?? 0, widthOf(cell))), []);
  return rows.map((row, line) =>
    row
      .map((cell, n) => `${paint(cell, n, line)}${n === row.length - 1 ? '' : ' '.repeat((widths[n] ?? 0) - widthOf(cell))}`)
      .join('  ')
      .trimEnd(),
  );
}
