/** Which of our two languages a reader wants. */
export type Language = 'en' | 'zh';
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** The better of zh and en by `Accept-Language` (RFC 9110, with weights); English when neither is asked for. */
export function languageOf(header: string | undefined): Language {
  const ranked = (header ?? '')
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.trim().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
      return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)\b/.test(tag))
    .sort((a, b) => b.weight - a.weight);
  return ranked[0]?.tag.startsWith('zh') ? 'zh' : 'en';
}

/** What a person at a terminal reads. By POSIX: LC_ALL wins over LC_MESSAGES wins over LANG; TRIBUTARY_LANG, which our command line knows, wins over all. */
export function languageOfTerminal(environment: Readonly<Record<string, string | undefined>>): Language {
  const given = ['TRIBUTARY_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => environment[name]).find((value) => value !== undefined && value !== '');
  return given?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en';
}
