/** A merge that nobody finished: the marks that Git leaves in a file. */
import { z } from 'zod';
import { defineRule } from '../rule';

export const mergeConflict = defineRule({
  id: '__kebab__/merge-conflict',
  title: { en: 'Unfinished merge', zh: '合并冲突未处理' },
  why: { en: 'Both versions are in the file; whoever reads it gets neither.', zh: '文件中同时存在两个版本的内容，读取结果不可预期。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'id,name\n<<<<<<< HEAD\n1,north\n=======\n1,south\n>>>>>>> release\n' }],
    accepted: [{ source: 'id,name\n1,north\n' }, { source: 'a line of its own:\n=======\n' }],
  },
  source: 'git-merge(1), "How conflicts are presented"',
  *check(lines) {
    for (const [index, line] of lines.entries()) {
      if (!line.startsWith('<<<<<<< ')) continue;
      yield {
        message: { en: 'A merge conflict begins here', zh: '此处存在未处理的合并冲突' },
        fix: { en: 'Keep one of the two versions', zh: '保留其中一个版本' },
        location: { range: { startLine: index + 1, startColumn: 1, endLine: index + 1, endColumn: line.length + 1 } },
        evidence: line,
        identity: line,
      };
    }
  },
});
