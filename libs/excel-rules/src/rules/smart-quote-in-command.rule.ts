/** Quotes and dashes that Excel or an input method has beautified inside a command. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

const BEAUTIFIED = /[\u2018\u2019\u201c\u201d\u2013\u2014\u2026\uff02\uff07]/g;

export const smartQuoteInCommand = defineRule({
  id: 'excel/smart-quote-in-command',
  title: { en: 'Typographic quote in a command', zh: '命令中含排版引号' },
  why: { en: 'A shell takes “ for a letter: the command runs with other arguments than it shows.', zh: 'Shell 会把“”当作普通字符，命令的参数与看到的不同。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 命令: 'echo “done”' }) }, { source: taskBook({ 命令: 'sh load.sh –date 1' }) }],
    accepted: [{ source: taskBook({ 命令: 'echo "完成"' }) }],
  },
  source: 'Excel AutoCorrect replaces straight quotes and double hyphens as you type (support.microsoft.com)',
  *check({ tasks }) {
    for (const task of tasks) {
      for (const field of ['command', 'script', 'params'] as const) {
        const text = task.has(field) ? task.text(field) : '';
        const found = [...new Set(text.match(BEAUTIFIED) ?? [])];
        if (found.length === 0) continue;
        yield {
          message: { en: `${task.name}: ${found.join(' ')} means nothing to a shell`, zh: `${task.name}：${found.join(' ')} 对 Shell 没有意义` },
          location: task.at(field),
          evidence: text,
          identity: `${task.identity}#${field}`,
        };
      }
    }
  },
});
