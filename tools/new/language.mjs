/** What a person at this terminal reads, as every other command of the house finds out: TRIBUTARY_LANG, then POSIX. */
const { TRIBUTARY_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
const isChinese = /^zh/i.test(TRIBUTARY_LANG || LC_ALL || LC_MESSAGES || LANG || '');

export function inWords(en, zh) {
  return isChinese ? zh : en;
}
