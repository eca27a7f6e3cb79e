/** All texts of the console: one line per feature. */
import { findingsEn } from '../findings/texts.en';
import { findingsZh } from '../findings/texts.zh';
import { problemEn } from '../problem/texts.en';
import { problemZh } from '../problem/texts.zh';
import { shellEn } from '../shell/texts.en';
import { shellZh } from '../shell/texts.zh';
import { statusEn } from '../status/texts.en';
import { statusZh } from '../status/texts.zh';
import { taskEn } from '../task/texts.en';
import { taskZh } from '../task/texts.zh';
import { uploadEn } from '../upload/texts.en';
import { uploadZh } from '../upload/texts.zh';
import { listsEn } from '../lists/texts.en';
import { listsZh } from '../lists/texts.zh';
import { tasksEn } from '../tasks/texts.en';
import { tasksZh } from '../tasks/texts.zh';
import { productsEn } from '../products/texts.en';
import { productsZh } from '../products/texts.zh';
import { policiesEn } from '../policies/texts.en';
import { policiesZh } from '../policies/texts.zh';
import { simulatorEn } from '../simulator/texts.en';
import { simulatorZh } from '../simulator/texts.zh';
import { deadLettersEn } from '../dead-letters/texts.en';
import { deadLettersZh } from '../dead-letters/texts.zh';
import { whyEn } from '../why/texts.en';
import { whyZh } from '../why/texts.zh';

export const catalogues = {
  shell: { en: shellEn, zh: shellZh },
  status: { en: statusEn, zh: statusZh },
  problem: { en: problemEn, zh: problemZh },
  task: { en: taskEn, zh: taskZh },
  why: { en: whyEn, zh: whyZh },
  upload: { en: uploadEn, zh: uploadZh },
  findings: { en: findingsEn, zh: findingsZh },
  lists: { en: listsEn, zh: listsZh },
  tasks: { en: tasksEn, zh: tasksZh },
  products: { en: productsEn, zh: productsZh },
  policies: { en: policiesEn, zh: policiesZh },
  simulator: { en: simulatorEn, zh: simulatorZh },
  deadLetters: { en: deadLettersEn, zh: deadLettersZh },
} as const;
