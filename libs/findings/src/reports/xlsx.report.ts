/**
 * An .xlsx workbook: `Findings` and `Summary`, inline texts and numbers, no formula anywhere. Rows are written as they come;
 * beyond what a sheet may hold they are counted, and the summary says how many are missing.
 */
import { severities, type Counts } from '@tributary/facts';
import { escapeXml, neutralizeFormula, printable } from './escape';
import { showFinding, type Report } from './report';
import { columns } from './table';
import { zipContainer, type ZipPart } from './zip-container';

/** A sheet holds 1,048,576 rows, one of them the header. */
const rowsMax = 1_048_575;
/** Excel's own bound for the text of a cell. */
const cellLengthMax = 32_767;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const fixedParts: readonly ZipPart[] = [
  part(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`,
  ),
  part(
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ),
  part(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Summary" sheetId="2" r:id="rId2"/><sheet name="Findings" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ),
  part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  ),
  // Style 1 is bold, for headers.
  part(
    'xl/styles.xml',
    `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
  ),
];

interface Tally {
  readonly counts: Counts;
  omitted: number;
}

export function xlsxReport(report: Report): AsyncGenerator<Uint8Array> {
  const tally: Tally = { counts: { blocker: 0, error: 0, warning: 0, info: 0 }, omitted: 0 };
  // The container reads its parts one after the other, so the summary knows what the findings were.
  return zipContainer([
    ...fixedParts,
    { name: 'xl/worksheets/sheet1.xml', text: findingsSheet(report, tally) },
    { name: 'xl/worksheets/sheet2.xml', text: summarySheet(report, tally) },
  ]);
}

async function* findingsSheet(report: Report, tally: Tally): AsyncGenerator<string> {
  const widths = columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  yield `${declaration}<worksheet xmlns="${main}">${frozen}<cols>${widths}</cols><sheetData>`;
  yield row(
    1,
    columns.map(({ title }) => title[report.language]),
    1,
  );
  let written = 0;
  for await (const finding of report.findings) {
    tally.counts[finding.severity] += 1;
    if (written === rowsMax) {
      tally.omitted += 1;
      continue;
    }
    written += 1;
    const shown = showFinding(finding, report.language);
    yield row(
      written + 1,
      columns.map(({ value }) => value(shown, report)),
    );
  }
  yield `</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${written + 1}"/></worksheet>`;
}

function* summarySheet({ taskId, status, product, version, language, suppressed }: Report, { counts, omitted }: Tally): Generator<string> {
  const says = (en: string, zh: string): string => (language === 'zh' ? zh : en);
  const rows: readonly (readonly [string, string | number])[] = [
    [says('product', '产品'), product],
    [says('version', '版本'), version],
    [says('task', '任务'), taskId],
    [says('status', '状态'), status],
    ...severities.map((severity) => [severity, counts[severity]] as const),
    [says('suppressed in the files', '文件内已忽略'), suppressed?.length ?? 0],
    ...(omitted > 0 ? [[says('findings that did not fit', '未能写入的问题数'), omitted] as const] : []),
  ];
  yield `${declaration}<worksheet xmlns="${main}"><cols><col min="1" max="1" width="26" customWidth="1"/><col min="2" max="2" width="44" customWidth="1"/></cols><sheetData>`;
  for (const [index, cells] of rows.entries()) yield row(index + 1, cells);
  yield '</sheetData></worksheet>';
}

function row(number: number, cells: readonly (string | number | undefined)[], style = 0): string {
  return `<row r="${number}">${cells.map((value, index) => cell(value, `${columnName(index)}${number}`, style)).join('')}</row>`;
}

function cell(value: string | number | undefined, reference: string, style: number): string {
  if (value === undefined || value === '') return '';
  const styled = style === 0 ? '' : ` s="${style}"`;
  if (typeof value === 'number') return `<c r="${reference}"${styled}><v>${value}</v></c>`;
  // Inline texts never run, but they would once somebody saves the sheet as CSV.
  const text = neutralizeFormula(printable(value)).slice(0, cellLengthMax);
  return `<c r="${reference}" t="inlineStr"${styled}><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** 0 is A; there are fewer than 27. */
function columnName(index: number): string {
  return String.fromCharCode(65 + index);
}

function part(name: string, xml: string): ZipPart {
  return { name, text: [declaration + xml] };
}
