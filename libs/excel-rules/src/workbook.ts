/** What the rules know of a workbook: sheets of cells, free of any spreadsheet library. Rows and columns count from 0 here, addresses are `B3`. */

export type CellValue = string | number | boolean | null;

/** A rectangle of merged cells, both ends inclusive; only the top left cell carries the value. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Formula {
  readonly text: string;
  /** Excel stored a result beside it; a reader that does not calculate sees nothing otherwise. */
  readonly cached: boolean;
}

export interface Sheet {
  readonly name: string;
  readonly visibility: 'visible' | 'hidden' | 'veryHidden';
  /** `rows[0][0]` is A1. Rows may be of different length; dates arrive as `yyyy-MM-dd HH:mm:ss`. */
  readonly rows: readonly (readonly CellValue[])[];
  readonly formulas: ReadonlyMap<string, Formula>;
  /** `#REF!` and its family, by address. */
  readonly errors: ReadonlyMap<string, string>;
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  readonly merges: readonly Merge[];
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
}

/** A sheet of values with nothing special about it, and what is special. */
export function sheetOf(name: string, rows: readonly (readonly CellValue[])[], special: Partial<Sheet> = {}): Sheet {
  return { name, rows, visibility: 'visible', formulas: new Map(), errors: new Map(), hiddenRows: new Set(), hiddenColumns: new Set(), merges: [], ...special };
}

/** 0 -> A, 25 -> Z, 26 -> AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/** (2, 1) -> B3. */
export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${String(row + 1)}`;
}

export function cellValue(sheet: Sheet, row: number, column: number): CellValue {
  return sheet.rows[row]?.[column] ?? null;
}

/** What a person reads in the cell; an empty cell is the empty text. */
export function textOf(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value);
}

/** True where a person sees nothing: blanks, also the wide and the unbreakable ones. */
export function isBlank(value: CellValue): boolean {
  return typeof value === 'string' ? value.trim() === '' : value === null;
}

/** Merges do not overlap, so within one column they are a sorted list; found once per sheet, because sheets have thousands of both. */
const mergesByColumn = new WeakMap<Sheet, ReadonlyMap<number, readonly Merge[]>>();
const MERGED_COLUMNS_MAX = 200;

/** The merge that covers the cell, if any. */
export function mergeAt(sheet: Sheet, row: number, column: number): Merge | undefined {
  const inColumn = (mergesByColumn.get(sheet) ?? indexMerges(sheet)).get(column) ?? [];
  let [from, to] = [0, inColumn.length - 1];
  while (from <= to) {
    const middle = (from + to) >> 1;
    const merge = inColumn[middle];
    if (!merge || merge.top > row) to = middle - 1;
    else if (merge.bottom < row) from = middle + 1;
    else return merge;
  }
  return undefined;
}

function indexMerges(sheet: Sheet): ReadonlyMap<number, readonly Merge[]> {
  const index = new Map<number, Merge[]>();
  for (const merge of [...sheet.merges].sort((a, b) => a.top - b.top)) {
    for (let column = merge.left; column <= Math.min(merge.right, MERGED_COLUMNS_MAX); column++) {
      const inColumn = index.get(column);
      if (inColumn) inColumn.push(merge);
      else index.set(column, [merge]);
    }
  }
  mergesByColumn.set(sheet, index);
  return index;
}
