/** A text, a quoted name or a comment that is opened and never closed: the rest of the file is swallowed. */
import { z } from 'zod';
import { defineRule } from '../rule';

const names = { string: { en: 'text', zh: '字符串' }, name: { en: 'quoted name', zh: '带引号的名称' }, comment: { en: 'comment', zh: '注释' } } as const;

export const unterminated = defineRule({
  id: 'sql/unterminated',
  title: { en: 'Unterminated text or comment', zh: '字符串或注释未结束' },
  why: {
    en: 'Everything behind the opening mark is read as part of it, so the statements below never run, or the file is refused half-way.',
    zh: '起始符号之后的内容全部被当作字符串或注释，其后的语句不会执行，或者脚本执行到一半报错。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: "SELECT 'abc FROM t;\n" }, { source: 'SELECT 1; /* to be continued\nSELECT 2;\n' }],
    accepted: [{ source: "SELECT 'it''s', 'a;b', 'back\\'slash' FROM t; -- don't worry\n" }, { source: '/* closed */ SELECT 1;\n' }],
  },
  source: 'sqlfluff LXR/PRS; every engine refuses it',
  visits: 'file',
  *check({ lexed: { unterminated: open } }, { complain }) {
    if (!open) return;
    const { en, zh } = names[open.what];
    yield complain({
      at: { start: open.start, end: open.start + (open.what === 'comment' ? 2 : 1) },
      message: { en: `This ${en} is opened here and never closed`, zh: `此处开始的${zh}没有结束` },
    });
  },
});
