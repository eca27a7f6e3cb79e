/** All texts of the console: one line per feature. */
import { shellEn } from '../shell/texts.en';
import { shellZh } from '../shell/texts.zh';

export const catalogues = {
  shell: { en: shellEn, zh: shellZh },
} as const;
