/** `tributary gate findings` */
import { items } from '@tributary/api-client';
import { type ShownFinding } from '@tributary/http-api';
import { type Invocation } from '../invocation';
import { numberOption } from '../options';
import { plain, table, type Tone } from '../style';
import { findTask } from './find-task';
import { countsText } from './words';

const tones: Readonly<Record<string, Tone>> = { blocker: 'bad', error: 'bad', warning: 'fair', info: 'accent' };

export async function printFindings(invocation: Invocation): Promise<number> {
  const limit = numberOption(invocation, 'limit', 1);
  const client = invocation.client();
  const { signal } = invocation;
  const { taskId, revision } = await findTask(client, invocation, invocation.argument(0));
  const query = { type: invocation.option('type'), severity: invocation.option('severity'), rule: invocation.option('rule'), path: invocation.option('path') };
  const found: ShownFinding[] = [];
  for await (const finding of items((page) => client.findings(taskId, { ...query, ...page }, { signal }), { limit: Math.min(500, limit + 1) })) {
    found.push(finding);
    if (found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  if (invocation.json) invocation.printJson({ items: shown });
  else invocation.print(...findingLines(shown, invocation));
  if (revision === 0) invocation.note(invocation.text('findingsOpen'));
  if (found.length > limit) invocation.note(invocation.text('moreThere', { limit: limit * 5 }));
  return 0;
}

/** File by file, as compilers and linters print them. */
function findingLines(found: readonly ShownFinding[], invocation: Invocation): string[] {
  if (found.length === 0) return [invocation.text('findingsNone')];
  const byFile = Map.groupBy(found, ({ location }) => location.path);
  const counts: Record<string, number> = {};
  for (const { severity } of found) counts[severity] = (counts[severity] ?? 0) + 1;
  return [
    ...[...byFile].flatMap(([path, findings]) => [invocation.style('strong', plain(path)), ...fileLines(findings, invocation), '']),
    invocation.text('findingsSum', { n: found.length, files: byFile.size, counts: countsText(counts, invocation) }),
  ];
}

function fileLines(findings: readonly ShownFinding[], { style }: Invocation): string[] {
  const rows = findings.map((finding) => [`  ${placeOf(finding)}`, finding.severity, plain(finding.ruleId), plain(finding.message)]);
  return table(rows, (cell, column, row) => {
    if (column === 1) return style(tones[findings[row]?.severity ?? ''] ?? 'dim', cell);
    return column === 3 ? cell : style('dim', cell);
  });
}

function placeOf({ location: { range, sheet, cell, pointer } }: ShownFinding): string {
  if (range) return `${range.startLine}:${range.startColumn}`;
  if (sheet !== undefined) return plain(`${sheet}${cell === undefined ? '' : `!${cell}`}`);
  return plain(pointer ?? '-');
}
