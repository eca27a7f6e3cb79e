/**
 * One HTML page that can be mailed: no script, nothing loaded from elsewhere, its one style sheet allowed by hash under a policy
 * that forbids everything else. Light and dark. A summary, then a table per file.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { severities, type Counts } from '@tributary/facts';
import { escapeXml } from './escape';
import { htmlStyle } from './html-style';
import { inLanguage, placeOf, showFinding, type Report, type ShownFinding } from './report';

/** More rows than a browser shows with joy, and a bound for the memory: the counts stand above the rows. */
export const htmlRowsMax = 20_000;

/** For a `Content-Security-Policy` header around the page: the style's source expression. */
export const htmlStyleSource = `'sha256-${btoa(String.fromCharCode(...sha256(new TextEncoder().encode(htmlStyle))))}'`;

interface Section {
  readonly path: string;
  readonly rows: string[];
}

export async function* htmlReport(report: Report): AsyncGenerator<string> {
  const counts: Counts = { blocker: 0, error: 0, warning: 0, info: 0 };
  const sections: Section[] = [];
  let shown = 0;
  let total = 0;
  for await (const finding of report.findings) {
    counts[finding.severity] += 1;
    total += 1;
    if (shown === htmlRowsMax) continue;
    shown += 1;
    sectionFor(sections, finding.location.path).rows.push(rowOf(showFinding(finding, report.language), report));
  }
  yield head(report);
  yield summary(report, counts, total);
  if (shown < total)
    yield `<p class="note">${words(report, `The first ${shown} of ${total} are shown; the other formats have all.`, `仅显示前 ${shown} 条，共 ${total} 条；其他格式包含全部。`)}</p>\n`;
  for (const section of sections) yield sectionOf(section, report);
  yield suppressedOf(report);
  yield '</main>\n</body>\n</html>\n';
}

function sectionFor(sections: Section[], path: string): Section {
  const last = sections.at(-1);
  if (last?.path === path) return last;
  const section = { path, rows: [] };
  sections.push(section);
  return section;
}

function head(report: Report): string {
  const title = escapeXml(`${report.product} ${report.version}`);
  return `<!DOCTYPE html>
<html lang="${report.language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${htmlStyleSource}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · ${words(report, 'quality gate', '质量门禁')}</title>
<style>${htmlStyle}</style>
</head>
<body>
<main>
<h1>${title} <span class="status ${report.status.toLowerCase()}">${escapeXml(report.status)}</span></h1>
<p class="task">${words(report, 'Task', '任务')} <code>${escapeXml(report.taskId)}</code></p>
`;
}

function summary(report: Report, counts: Counts, total: number): string {
  const items = severities.map((severity) => `<li class="${severity}"><b>${counts[severity]}</b> ${severity}</li>`).join('');
  const nothing = total === 0 ? `<p>${words(report, 'Nothing was found.', '未发现问题。')}</p>\n` : '';
  return `<ul class="counts" aria-label="${words(report, 'Findings by severity', '按级别统计')}">${items}</ul>\n${nothing}`;
}

function sectionOf({ path, rows }: Section, report: Report): string {
  const titles = [words(report, 'Severity', '级别'), words(report, 'Place', '位置'), words(report, 'Finding', '问题'), words(report, 'Rule', '规则')];
  const header = titles.map((title) => `<th scope="col">${title}</th>`).join('');
  return `<section>\n<h2>${escapeXml(path)} <small>${rows.length}</small></h2>\n<table>\n<thead><tr>${header}</tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n</section>\n`;
}

function rowOf({ type, ruleId, severity, message, location, evidence, fix }: ShownFinding, { rules, language }: Report): string {
  const rule = rules(ruleId);
  const title = rule?.title === undefined ? '' : `<br><small>${escapeXml(inLanguage(rule.title, language))}</small>`;
  const quoted = evidence === undefined ? '' : `<pre>${escapeXml(evidence)}</pre>`;
  const advice = fix === undefined ? '' : `<p class="fix">${escapeXml(fix)}</p>`;
  return `<tr><td class="severity ${severity}">${severity}</td><td><code>${escapeXml(placeOf(location))}</code></td><td>${escapeXml(message)}${quoted}${advice}</td><td><code>${escapeXml(ruleId)}</code>${title}<br><small>${escapeXml(type)}</small></td></tr>\n`;
}

function suppressedOf(report: Report): string {
  const { suppressed = [] } = report;
  if (suppressed.length === 0) return '';
  const items = suppressed.map(
    ({ ruleId, path, line, reason }) =>
      `<li><code>${escapeXml(ruleId)}</code> ${escapeXml(path)}${line === undefined ? '' : `:${line}`} <q>${escapeXml(reason)}</q></li>`,
  );
  return `<section>\n<h2>${words(report, 'Suppressed in the files', '文件内已忽略')} <small>${suppressed.length}</small></h2>\n<ul>${items.join('\n')}</ul>\n</section>\n`;
}

function words({ language }: Report, en: string, zh: string): string {
  return language === 'zh' ? zh : en;
}
