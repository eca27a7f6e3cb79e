/** Punctuation of a Chinese keyboard, curly quotes or invisible spaces in code. */
import { z } from 'zod';
import { defineRule } from '../rule';

export const fullwidthCharacter = defineRule({
  id: 'sql/fullwidth-character',
  title: { en: 'Full-width or invisible character in code', zh: '代码中使用全角或不可见字符' },
  why: {
    en: 'It looks like a comma, a quote or a space and is none: the statement does not parse, and nobody sees why.',
    zh: '看似逗号、引号或空格，实际不是，语句无法解析且难以发现。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: 'SELECT a，b FROM t;\n' },
      { source: 'SELECT a FROM t WHERE b = ‘x’;\n' },
      { source: 'SELECT\u00a0a FROM t;\n', note: 'A no-break space, as web pages have it.' },
    ],
    accepted: [{ source: "SELECT a AS `名称（元）` FROM t WHERE b = '，'; -- 注释，没有问题\n" }],
  },
  source: 'SOAR ARG.013, KWR.005',
  visits: 'fullwidth',
  *check({ text, start, end }, { complain, dialect }) {
    // MySQL and PostgreSQL permit any such character in a name that is not quoted: SELECT 1 AS 金额（元）
    const inName = start > 0 && text.charCodeAt(start - 1) > 0x7f;
    if (inName && (dialect === 'mysql' || dialect === 'postgres')) return;
    const said = text.slice(start, Math.min(end, start + 8));
    const codes = Array.from(said, (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
    yield complain({
      at: { start, end },
      message: { en: `${codes} is no character of SQL`, zh: `${codes} 不是合法的 SQL 字符` },
      ...(inName && dialect === 'generic' ? { severity: 'warning' as const } : {}),
      fix: { en: 'Type it again with an English keyboard', zh: '用英文输入法重新输入' },
    });
  },
});
