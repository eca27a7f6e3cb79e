/** All texts of the console: one line per feature. */
import { problemEn } from '../problem/texts.en';
import { problemZh } from '../problem/texts.zh';
import { shellEn } from '../shell/texts.en';
import { shellZh } from '../shell/texts.zh';
import { statusEn } from '../status/texts.en';
import { statusZh } from '../status/texts.zh';

export const catalogues = {
  shell: { en: shellEn, zh: shellZh },
  status: { en: statusEn, zh: statusZh },
  problem: { en: problemEn, zh: problemZh },
} as const;
