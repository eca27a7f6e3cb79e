/** A report in the format that was asked for, as a download. */
import { csvReport } from './csv.report';
import { htmlReport } from './html.report';
import { jsonReport } from './json.report';
import { junitReport } from './junit.report';
import { type Report } from './report';
import { sarifReport } from './sarif.report';
import { xlsxReport } from './xlsx.report';

export const reportFormats = ['json', 'sarif', 'junit', 'html', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface RenderedReport {
  /** For `Content-Type`, with the charset of texts. */
  readonly mediaType: string;
  readonly fileName: string;
  /** Texts are to be sent as UTF-8. */
  readonly body: AsyncGenerator<string | Uint8Array>;
}

const renderers: Readonly<Record<ReportFormat, { mediaType: string; extension: string; render: (report: Report) => AsyncGenerator<string | Uint8Array> }>> = {
  json: { mediaType: 'application/json; charset=utf-8', extension: 'json', render: jsonReport },
  sarif: { mediaType: 'application/sarif+json; charset=utf-8', extension: 'sarif', render: sarifReport },
  junit: { mediaType: 'application/xml; charset=utf-8', extension: 'junit.xml', render: junitReport },
  html: { mediaType: 'text/html; charset=utf-8', extension: 'html', render: htmlReport },
  csv: { mediaType: 'text/csv; charset=utf-8', extension: 'csv', render: csvReport },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx', render: xlsxReport },
};

/** `fileName` is plain ASCII: it needs no encoding in a header. */
export function renderReport(format: ReportFormat, report: Report): RenderedReport {
  const { mediaType, extension, render } = renderers[format];
  const safe = report.taskId.replaceAll(/[^A-Za-z0-9-]/g, '_');
  return { mediaType, fileName: `tributary-${safe}.${extension}`, body: render(report) };
}
