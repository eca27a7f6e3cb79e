/** A task waits for a task that is nowhere in the workbook. */
import { z } from 'zod';
import { splitUpstreams } from '../book/upstream';
import { defineRule } from '../rule';
import { bookOf, taskBook } from '../sketch';

export const unknownUpstream = defineRule({
  id: 'excel/unknown-upstream',
  title: { en: 'Upstream task does not exist', zh: '上游任务不存在' },
  why: {
    en: 'Importers drop an unknown upstream with a line in a log at most: the task then starts without its data.',
    zh: '导入工具遇到未知的上游任务最多打印一行日志便丢弃，任务会在数据未就绪时启动。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({
    /** Names that live outside the workbook; `*` stands for any text. */
    external: z.array(z.string().max(200)).max(1000).default([]),
  }),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: 'sum_orders', 上游任务: 'load_ordres' }, { 任务名称: 'load_orders' }) }],
    accepted: [
      { source: taskBook({ 任务名称: 'sum_orders', 上游任务: 'load_orders；load_items' }, { 任务名称: 'load_orders' }, { 任务名称: 'load_items' }) },
      {
        source: bookOf(
          'tasks',
          ['job_name', 'flow_name', 'type', 'command', 'depends_on', 'owner'],
          ['a', 'f', 'SHELL', 'x', null, 'li'],
          ['b', 'g', 'SHELL', 'x', 'f.a', 'li'],
        ),
        note: 'named with its workflow',
      },
    ],
  },
  source:
    'TASKCTL and DolphinScheduler import tools drop unknown upstream jobs silently (github.com/mftaskctl/taskctl_xml2csv, github.com/reele/process_definition_import_tool)',
  *check({ upstreams, tasks, recognised }, { external }) {
    const allowed = external.map(wildcard);
    const names = [...new Set(tasks.map(({ name }) => name))];
    for (const { task, of, name, location, target, elsewhere } of upstreams) {
      if (target || name === task?.name || allowed.some((matches) => matches(name))) continue;
      const near = names.length <= 2000 ? closest(name, names) : undefined;
      const beyond = elsewhere || recognised.template.partial;
      yield {
        message: beyond
          ? {
              en: `${of} waits for ${name}, which is not in this workbook: it must exist where it is imported`,
              zh: `${of} 依赖 ${name}，它不在本工作簿中：导入环境中必须已存在该任务`,
            }
          : { en: `${of} waits for ${name}, but there is no such task`, zh: `${of} 依赖的上游任务 ${name} 不存在` },
        location,
        evidence: name,
        identity: `${task?.identity ?? of}<-${name}`,
        ...(beyond && { severity: 'warning' as const }),
        ...(near !== undefined && { fix: { en: `Did you mean ${near}?`, zh: `是否应为 ${near}？` } }),
      };
    }
  },
});

function wildcard(pattern: string): (name: string) => boolean {
  const pieces = pattern.split('*');
  return (name) => {
    if (pieces.length === 1) return name === pattern;
    const [first = '', ...rest] = pieces;
    const last = rest.pop() ?? '';
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > name.length - last.length) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** The same letters in another case or width, or at most two keys away. */
function closest(name: string, names: readonly string[]): string | undefined {
  const folded = name.normalize('NFKC').toLowerCase();
  const candidates = names.filter((other) => Math.abs(other.length - name.length) <= 2 && distance(folded, other.normalize('NFKC').toLowerCase()) <= 2);
  return splitUpstreams(name).length === 1 ? candidates[0] : undefined;
}

/** Edits between two short texts; anything long counts as far. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length > 64 || b.length > 64 || a.length < 4) return 99;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    previous = row;
  }
  return previous[b.length] ?? 99;
}
