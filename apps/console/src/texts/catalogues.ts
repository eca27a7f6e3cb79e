/** All texts of the console: one line per feature. */
import { findingsEn } from '../findings/texts.en';
import { findingsZh } from '../findings/texts.zh';
import { problemEn } from '../problem/texts.en';
import { problemZh } from '../problem/texts.zh';
import { shellEn } from '../shell/texts.en';
import { shellZh } from '../shell/texts.zh';
import { statusEn } from '../status/texts.en';
import { statusZh } from '../status/texts.zh';
import { uploadEn } from '../upload/texts.en';
import { uploadZh } from '../upload/texts.zh';

export const catalogues = {
  shell: { en: shellEn, zh: shellZh },
  status: { en: statusEn, zh: statusZh },
  problem: { en: problemEn, zh: problemZh },
  upload: { en: uploadEn, zh: uploadZh },
  findings: { en: findingsEn, zh: findingsZh },
} as const;
