/** Comments that say "__words__". */
import { z } from 'zod';
import { defineRule } from '../rule';

export const __camel__ = defineRule({
  id: 'sql/__kebab__',
  title: { en: 'Comment says "__words__"', zh: '注释中出现“__words__”' },
  why: { en: 'What a comment leaves open is open in production, too.', zh: '注释中遗留的事项会一并带到生产环境。' },
  severity: 'warning',
  options: z.strictObject({ words: z.string().min(1).max(100).default('__words__').describe('what must not be said') }),
  examples: {
    flagged: [{ source: '-- __words__\nSELECT 1;\n' }],
    accepted: [{ source: '-- done\nSELECT 1;\n' }],
  },
  source: 'house rule',
  visits: 'comment',
  *check({ text, start, end }, { complain, options: { words } }) {
    if (!text.slice(start, end).toLowerCase().includes(words.toLowerCase())) return;
    yield complain({ at: { start, end }, message: { en: `The comment says "${words}"`, zh: `注释中出现“${words}”` } });
  },
});
