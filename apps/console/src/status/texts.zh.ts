/** 状态用语：任务、结果、参与者。 */
import { label, outcomeWords, statusWords } from '@tributary/http-api/words';
import { type TranslationOf } from '../texts/translation';
import { type statusEn } from './texts.en';

export const statusZh: TranslationOf<typeof statusEn> = {
  state_INIT: label(statusWords.INIT).zh,
  state_RUNNING: label(statusWords.RUNNING).zh,
  state_SUCCESS: label(statusWords.SUCCESS).zh,
  state_PARTIAL_SUCCESS: label(statusWords.PARTIAL_SUCCESS).zh,
  state_FAILED: label(statusWords.FAILED).zh,
  state_CANCELLED: label(statusWords.CANCELLED).zh,
  state_PASS: label(outcomeWords.PASS).zh,
  state_WARN: label(outcomeWords.WARN).zh,
  state_QUALITY: label(outcomeWords.QUALITY).zh,
  state_TRANSIENT: label(outcomeWords.TRANSIENT).zh,
  state_UNRECOVERABLE: label(outcomeWords.UNRECOVERABLE).zh,
  state_declined: '不参与',
  state_silent: '未响应',
  state_awaited: '尚未响应',
  state_late: '迟到',
  state_unreachable: '失联',
};
