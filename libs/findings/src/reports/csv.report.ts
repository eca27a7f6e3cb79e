/** CSV (RFC 4180), with the byte order mark that spreadsheet programs need to see UTF-8, and no cell that runs as a formula. */
import { neutralizeFormula, printable } from './escape';
import { showFinding, type Report } from './report';
import { columns } from './table';

export async function* csvReport(report: Report): AsyncGenerator<string> {
  yield `\ufeff${line(columns.map(({ title }) => title[report.language]))}`;
  for await (const finding of report.findings) {
    const shown = showFinding(finding, report.language);
    yield line(columns.map(({ value }) => value(shown, report)));
  }
}

function line(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string | number | undefined): string {
  return `"${neutralizeFormula(printable(String(cell ?? ''))).replaceAll('"', '""')}"`;
}
