/** Which of our two languages a person reads. */
export type Language = 'en' | 'zh';

export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** By POSIX: LC_ALL wins over LC_MESSAGES wins over LANG. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const given = [environment['TRIBUTARY_LANG'], environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']];
  return given
    .find((value) => value !== undefined && value !== '')
    ?.toLowerCase()
    .startsWith('zh') === true
    ? 'zh'
    : 'en';
}
