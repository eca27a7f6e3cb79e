/** The few pieces of Markdown that printed pages are made of. Pure. */

/** A file of `docs/`, as it should be. */
export interface PrintedFile {
  /** Below the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Says on every printed page where it comes from. */
export const printedNote = '<!-- Printed from the code by `npm run docs`; changes made here are overwritten. -->';

/** Cells are escaped here and nowhere else. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|');
}

export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}
