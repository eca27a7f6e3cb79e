/**
 * SARIF 2.1.0, for code hosts and editors. Results are written as they come; the rules that they name follow behind them,
 * which JSON permits, so that a report of any size is never held in memory. No clock, no chance: equal findings, equal bytes.
 */
import { type Severity } from '@tributary/facts';
import { type Location } from '../finding';
import { pathToUri } from './escape';
import { inLanguage, showFinding, type Language, type Report, type ShownFinding } from './report';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels: Readonly<Record<Severity, string>> = { blocker: 'error', error: 'error', warning: 'warning', info: 'note' };

export async function* sarifReport(report: Report): AsyncGenerator<string> {
  const indexes = new Map<string, number>();
  yield `{"$schema":${JSON.stringify(schema)},"version":"2.1.0","runs":[{"results":[`;
  let separator = '\n';
  for await (const finding of report.findings) {
    const index = indexes.get(finding.ruleId) ?? indexes.size;
    indexes.set(finding.ruleId, index);
    yield separator + JSON.stringify(resultOf(showFinding(finding, report.language), index));
    separator = ',\n';
  }
  const rules = [...indexes.keys()].map((id) => descriptorOf(id, report));
  const tool = { driver: { name: 'Tributary', rules } };
  const { taskId, product, version, status, language } = report;
  const run = {
    tool,
    language: language === 'zh' ? 'zh-CN' : 'en',
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { PACKAGE: { description: { text: 'The root of the uploaded package' } } },
    automationDetails: { id: `${product}/${version}/${taskId}` },
    properties: { status },
  };
  yield `\n],${JSON.stringify(run).slice(1)}]}\n`;
}

function resultOf({ type, ruleId, severity, message, location, evidence, fix, fingerprint }: ShownFinding, ruleIndex: number): object {
  return {
    ruleId,
    ruleIndex,
    level: levels[severity],
    message: { text: message === '' ? ruleId : message },
    locations: [locationOf(location, evidence)],
    partialFingerprints: { 'tributary/v1': fingerprint },
    properties: { type, severity, ...(fix === undefined ? {} : { fix }) },
  };
}

function locationOf({ path, range, sheet, cell, pointer }: Location, evidence: string | undefined): object {
  const snippet = evidence === undefined ? {} : { snippet: { text: evidence } };
  // SARIF's end column is the one behind the last character.
  const region = range ? { region: { ...range, endColumn: range.endColumn + 1, ...snippet } } : {};
  const place = pointer ?? (sheet === undefined && cell === undefined ? undefined : [sheet, cell].filter((part) => part !== undefined).join('!'));
  return {
    physicalLocation: { artifactLocation: { uri: pathToUri(path), uriBaseId: 'PACKAGE' }, ...region },
    ...(place === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: place }] }),
  };
}

function descriptorOf(id: string, { rules, language }: { readonly rules: Report['rules']; readonly language: Language }): object {
  const { title, why, severity } = rules(id) ?? {};
  return {
    id,
    ...(title === undefined ? {} : { shortDescription: { text: inLanguage(title, language) } }),
    ...(why === undefined ? {} : { fullDescription: { text: inLanguage(why, language) } }),
    ...(severity === undefined ? {} : { defaultConfiguration: { level: levels[severity] } }),
  };
}
