/** A workbook of a rule's example as Markdown tables, with the column letters and row numbers that findings speak of. Pure. */
import { type CellValue, cellAddress, type SheetSketch, type Sketch } from '@tributary/excel-rules';
import { code, table } from './markdown';

/** Example sheets are as wide as a template; a sheet with very many rows is shown by its first and last ones. */
const rowsShownMax = 12;

export function sketchTables({ sheets }: Sketch): string {
  return sheets.map(sheetTable).join('\n\n');
}

function sheetTable(sheet: SheetSketch): string {
  const { name, rows, visibility = 'visible' } = sheet;
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 1);
  const columns = Array.from({ length: width }, (_, column) => cellAddress(0, column).slice(0, -1));
  const lines = rows.map((_, row) => [String(row + 1), ...columns.map((__, column) => cellText(sheet, row, column))]);
  const head = lines.slice(0, rowsShownMax - 2);
  const shown = lines.length <= rowsShownMax ? lines : [...head, ['…', ...columns.map(() => '…')], ...lines.slice(-1)];
  const title = `Sheet · 工作表 **${name === '' ? '(no name)' : name}**${visibility === 'visible' ? '' : ` (${visibility})`}${specialsOf(sheet)}`;
  return `${title}\n\n${table(['', ...columns], shown)}`;
}

function cellText({ rows, formulas, errors }: SheetSketch, row: number, column: number): string {
  const address = cellAddress(row, column);
  const formula = formulas?.[address];
  if (formula !== undefined) return code(`=${formula}`);
  const error = errors?.[address];
  return error === undefined ? valueText(rows[row]?.[column] ?? null) : code(error);
}

/** White space that a reader would not see is written out; so is what Markdown would take for its own. */
function valueText(value: CellValue): string {
  if (value === null) return '';
  const text = String(value);
  if (typeof value !== 'string') return text;
  const visible = Array.from(text.slice(0, 120))
    .map((character) => (hidden(character) ? codePoint(character) : character))
    .join('');
  const cut = text.length > 120 ? `${visible}… (${String(text.length)} characters)` : visible;
  return /[`*_<>[\]{}$\\]|^\s|\s$/.test(cut) ? `\`${cut.replaceAll('`', '´')}\`` : cut;
}

function hidden(character: string): boolean {
  return character !== ' ' && (/\p{C}|\p{Z}/u.test(character) || character === '\n');
}

function codePoint(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

function specialsOf({ merges = [], hiddenRows = [] }: SheetSketch): string {
  const merged = merges.map(({ top, left, bottom, right }) => `${cellAddress(top, left)}:${cellAddress(bottom, right)}`);
  const parts = [
    ...(merged.length > 0 ? [`merged · 合并: ${merged.join(', ')}`] : []),
    ...(hiddenRows.length > 0 ? [`hidden rows · 隐藏行: ${hiddenRows.map((row) => String(row + 1)).join(', ')}`] : []),
  ];
  return parts.length === 0 ? '' : `; ${parts.join('; ')}`;
}
