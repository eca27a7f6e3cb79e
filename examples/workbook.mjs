/** A workbook from readable sources: every sheet is a CSV. The same text gives the same bytes. */
import { writeZip } from '../libs/package-reader/testing/zip-writer.ts';

const open = 'http://schemas.openxmlformats.org';
const relationships = `${open}/officeDocument/2006/relationships`;
const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** `sheets`: `{ name, text }`, the text as CSV (RFC 4180). */
export function workbookOf(sheets) {
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  const overrides = numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${part}.worksheet+xml"/>`).join('');
  const parts = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${open}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/>${overrides}</Types>`,
    ],
    ['_rels/.rels', relationshipsOf([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${open}/spreadsheetml/2006/main" xmlns:r="${relationships}"><sheets>${numbered.map(({ name, number }) => `<sheet name="${escaped(name)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relationshipsOf(numbered.map(({ number }) => ['worksheet', `worksheets/sheet${number}.xml`]))],
    ...numbered.map(({ number, text }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(rowsIn(text))]),
  ];
  return writeZip(parts.map(([name, xml]) => ({ name, data: `${declaration}${xml}` })));
}

function relationshipsOf(targets) {
  const all = targets.map(([kind, target], index) => `<Relationship Id="rId${index + 1}" Type="${relationships}/${kind}" Target="${target}"/>`);
  return `<Relationships xmlns="${open}/package/2006/relationships">${all.join('')}</Relationships>`;
}

function sheetXml(rows) {
  const lines = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cellXml(value, column, row)).join('')}</row>`);
  return `<worksheet xmlns="${open}/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** At most 26 columns: these are examples. */
function cellXml(value, column, row) {
  if (value === '') return '';
  return `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function rowsIn(text) {
  const cells = [...text.replace(/\r?\n$/, '').matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)];
  const rows = [[]];
  for (const [, cell = '', end = ''] of cells) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows;
}
