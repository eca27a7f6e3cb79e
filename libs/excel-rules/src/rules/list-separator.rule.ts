/** A list of upstream tasks with separators at its ends, doubled or mixed. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

const SEPARATOR = /[,，;；|、]/g;

export const listSeparator = defineRule({
  id: 'excel/list-separator',
  title: { en: 'Stray separator in a list', zh: '列表分隔符错误' },
  why: {
    en: 'An importer that splits plainly looks for a task with an empty name, or takes two names for one.',
    zh: '简单拆分的导入工具会查找空名称的任务，或把两个名称当成一个。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b', 上游任务: '|a' }) },
      { source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b' }, { 任务名称: 'c', 上游任务: 'a,;b' }) },
    ],
    accepted: [{ source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b' }, { 任务名称: 'c', 上游任务: 'a, b' }) }],
  },
  source: 'Azkaban helper: dependOn is separated by |, none at its ends (github.com/JingZhang-Cherish/azkaban_helper, README-zh.md)',
  *check({ tasks }) {
    for (const task of tasks) {
      const text = task.has('upstream') ? task.text('upstream') : '';
      const pieces = text.split(SEPARATOR).map((piece) => piece.trim());
      const signs = new Set(text.match(SEPARATOR) ?? []);
      const empty = pieces.length > 1 && pieces.includes('');
      if (!empty && signs.size <= 1) continue;
      yield {
        message: empty
          ? { en: `The upstream list of ${task.name} has a separator too many`, zh: `${task.name} 的上游列表多了分隔符` }
          : { en: `The upstream list of ${task.name} mixes ${[...signs].join(' ')}`, zh: `${task.name} 的上游列表混用了 ${[...signs].join(' ')}` },
        location: task.at('upstream'),
        evidence: text,
        identity: task.identity,
      };
    }
  },
});
