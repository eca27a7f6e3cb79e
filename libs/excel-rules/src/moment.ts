/** Days and moments as people type them into cells, and as Excel's own dates arrive. */
import { type CellValue } from './workbook';

/** `2026-11-20`, `2026/11/20 08:30`, `20261120`: milliseconds since 1970 as if the zone were UTC; undefined for anything else. */
export function momentIn(value: CellValue): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(String(value).trim());
  if (!match || (match[2] === '' && !/^\d{8}(?!\d)/.test(match[0]))) return undefined;
  const [, year, , month, day, hour = '0', minute = '0', second = '0'] = match;
  const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const date = new Date(Date.UTC(...parts));
  const back = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  return parts.every((part, index) => part === back[index]) ? date.getTime() : undefined;
}
