/** Numbers as people type them into cells. */
import { type CellValue } from './workbook';

/** 3, `3`, ` 3 `, `３`: the number; undefined for everything that is not a plain decimal number. */
export function numberIn(value: CellValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.normalize('NFKC').trim();
  return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
}
