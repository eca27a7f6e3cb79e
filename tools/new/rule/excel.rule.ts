/** Commands that say "__words__". */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const __camel__ = defineRule({
  id: 'excel/__kebab__',
  title: { en: 'Command says "__words__"', zh: '命令中出现“__words__”' },
  why: { en: 'What a command leaves open is open in production, too.', zh: '命令中遗留的事项会一并带到生产环境。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({ words: z.string().min(1).max(100).default('__words__').describe('what must not be said') }),
  examples: {
    flagged: [{ source: taskBook({ 命令: 'sh load.sh # __words__' }) }],
    accepted: [{ source: taskBook({ 命令: 'sh load.sh' }) }],
  },
  source: 'house rule',
  *check({ tasks }, { words }) {
    for (const task of tasks) {
      const command = task.text('command');
      if (!command.toLowerCase().includes(words.toLowerCase())) continue;
      yield {
        message: { en: `The command of ${task.name} says "${words}"`, zh: `${task.name} 的命令中出现“${words}”` },
        location: task.at('command'),
        evidence: command,
        identity: task.identity,
      };
    }
  },
});
