/** Reads an .xlsx with hucre into our own workbook. Whoever calls has bounded the container before: hucre inflates up to 2 GiB on its own. */
import { EncryptedFileError, UnsupportedFormatError } from 'hucre';
import { readXlsx, type CellValue as HucreValue, type Sheet as HucreSheet } from 'hucre/xlsx';
import { cellAddress, type CellValue, type Formula, type Sheet, type Workbook } from './workbook';

export type ReadWorkbook =
  | { readonly kind: 'read'; readonly workbook: Workbook }
  | {
      readonly kind: 'refused';
      readonly reasonCode: 'WORKBOOK_ENCRYPTED' | 'WORKBOOK_UNSUPPORTED' | 'WORKBOOK_TOO_LARGE' | 'WORKBOOK_UNREADABLE';
      readonly detail: string;
    };

/** A sheet with more rows is refused: nobody maintains that many tasks by hand, and to check a part of them would be a false promise. */
const ROWS_MAX = 200_000;

/** Never rejects: what cannot be read is an answer. */
export function readWorkbook(bytes: Uint8Array, rowsMax = ROWS_MAX): Promise<ReadWorkbook> {
  return readXlsx(bytes, { maxRows: rowsMax + 1 })
    .then(({ sheets }): ReadWorkbook => {
      const large = sheets.find(({ rows }) => rows[rowsMax]?.some((value) => value !== null));
      if (large) return { kind: 'refused', reasonCode: 'WORKBOOK_TOO_LARGE', detail: `${large.name} has more than ${rowsMax} rows` };
      return { kind: 'read', workbook: { sheets: sheets.map(toSheet) } };
    })
    .catch(refusal);
}

function refusal(error: unknown): ReadWorkbook {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof EncryptedFileError) return { kind: 'refused', reasonCode: 'WORKBOOK_ENCRYPTED', detail };
  if (error instanceof UnsupportedFormatError) return { kind: 'refused', reasonCode: 'WORKBOOK_UNSUPPORTED', detail };
  return { kind: 'refused', reasonCode: 'WORKBOOK_UNREADABLE', detail };
}

function toSheet(sheet: HucreSheet): Sheet {
  const formulas = new Map<string, Formula>();
  const errors = new Map<string, string>();
  for (const [key, cell] of sheet.cells ?? []) {
    const [row = 0, column = 0] = key.split(',').map(Number);
    const address = cellAddress(row, column);
    if (cell.type === 'error') errors.set(address, String(cell.value));
    if (cell.formula !== undefined) formulas.set(address, { text: cell.formula, cached: cell.value !== null });
  }
  return {
    name: sheet.name,
    visibility: sheet.veryHidden ? 'veryHidden' : sheet.hidden ? 'hidden' : 'visible',
    rows: sheet.rows.map((row) => row.map(toValue)),
    formulas,
    errors,
    hiddenRows: new Set([...(sheet.rowDefs ?? [])].filter(([, { hidden }]) => hidden).map(([row]) => row)),
    hiddenColumns: new Set((sheet.columns ?? []).flatMap(({ hidden }, column) => (hidden ? [column] : []))),
    merges: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({ top: startRow, left: startCol, bottom: endRow, right: endCol })),
  };
}

function toValue(value: HucreValue): CellValue {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 19).replace('T', ' ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
