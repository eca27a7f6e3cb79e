/** The part of a sheet that is drawn around a cell. Pure. */

export interface CellPlace {
  /** From 1. */
  readonly column: number;
  readonly row: number;
}

/** `B3`, or the first cell of `B3:C5`; undefined for anything else. */
export function cellPlace(cell: string): CellPlace | undefined {
  const [, letters, digits] = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})(?::.*)?$/.exec(cell) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  const column = Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { column, row: Number(digits) };
}

export function columnName(column: number): string {
  const rest = (column - 1) % 26;
  const letter = String.fromCharCode(65 + rest);
  return column <= 26 ? letter : `${columnName((column - 1 - rest) / 26)}${letter}`;
}

/** `count` numbers from 1 with `middle` in their midst where the sheet has room. */
export function span(middle: number, count: number): readonly number[] {
  const first = Math.max(1, middle - Math.floor(count / 2));
  return Array.from({ length: count }, (_, index) => first + index);
}
