/** Which of our two languages somebody reads. Pure. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The first wish that we speak, in the order of the wishes (`zh-Hans-CN`, `en-GB`); English when there is none. */
export function firstSpoken(wishes: readonly string[]): Language {
  const codes = wishes.map((wish) => wish.toLowerCase().split('-')[0]);
  return codes.flatMap((code) => languages.find((known) => known === code) ?? [])[0] ?? 'en';
}

/** As HTML and HTTP name it. */
export const tagOf: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };
