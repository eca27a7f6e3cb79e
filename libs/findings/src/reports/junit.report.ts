/** JUnit XML, for build servers: a suite per file, a test case per finding, failed where it is an error or a blocker. */
import { escapeXml } from './escape';
import { isFailure, placeOf, showFinding, type Report, type ShownFinding } from './report';

export async function* junitReport(report: Report): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escapeXml(`${report.product} ${report.version}`)}">\n`;
  let suite: ShownFinding[] = [];
  let empty = true;
  for await (const finding of report.findings) {
    const shown = showFinding(finding, report.language);
    const [first] = suite;
    // Counts stand in the suite's opening tag, so one file is held back at a time.
    if (first && (first.location.path !== shown.location.path || first.type !== shown.type)) {
      yield suiteOf(suite);
      suite = [];
    }
    suite.push(shown);
    empty = false;
  }
  if (suite.length > 0) yield suiteOf(suite);
  // Build servers take a report without any test for a broken one.
  if (empty) yield '<testsuite name="package" tests="1" failures="0"><testcase name="no findings" classname="package"/></testsuite>\n';
  yield '</testsuites>\n';
}

function suiteOf(findings: readonly ShownFinding[]): string {
  const [first] = findings;
  const name = first ? `${first.type} ${first.location.path}` : '';
  const failures = findings.filter(isFailure).length;
  return `<testsuite name="${escapeXml(name)}" tests="${findings.length}" failures="${failures}" errors="0" skipped="0">\n${findings.map(caseOf).join('')}</testsuite>\n`;
}

function caseOf(finding: ShownFinding): string {
  const { type, ruleId, severity, message, location, evidence, fix, fingerprint } = finding;
  const place = placeOf(location);
  const line = location.range ? ` line="${location.range.startLine}"` : '';
  const attributes = `name="${escapeXml([ruleId, place, fingerprint.slice(0, 8)].filter((part) => part !== '').join(' '))}" classname="${escapeXml(type)}" file="${escapeXml(location.path)}"${line}`;
  const detail = escapeXml([`${location.path}${place === '' ? '' : `:${place}`}`, message, evidence, fix].filter((part) => part !== undefined).join('\n'));
  const body = isFailure(finding)
    ? `<failure type="${severity}" message="${escapeXml(message)}">${detail}</failure>`
    : `<system-out>${escapeXml(severity)}: ${detail}</system-out>`;
  return `<testcase ${attributes}>${body}</testcase>\n`;
}
