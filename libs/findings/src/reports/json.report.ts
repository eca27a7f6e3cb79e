/** `{ taskId, status, product, version, findings, suppressed }`: what the API answers, as one file. */
import { showFinding, type Report } from './report';

export async function* jsonReport(report: Report): AsyncGenerator<string> {
  const { taskId, status, product, version, language } = report;
  yield `${JSON.stringify({ taskId, status, product, version }).slice(0, -1)},"findings":[`;
  let separator = '\n';
  for await (const finding of report.findings) {
    yield separator + JSON.stringify(showFinding(finding, language));
    separator = ',\n';
  }
  yield `\n],"suppressed":${JSON.stringify(report.suppressed ?? [])}}\n`;
}
