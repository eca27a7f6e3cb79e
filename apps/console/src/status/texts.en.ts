/** Words for states: of tasks, of outcomes, of participants. */
import { label, outcomeWords, statusWords } from '@tributary/http-api/words';

export const statusEn = {
  state_INIT: label(statusWords.INIT).en,
  state_RUNNING: label(statusWords.RUNNING).en,
  state_SUCCESS: label(statusWords.SUCCESS).en,
  state_PARTIAL_SUCCESS: label(statusWords.PARTIAL_SUCCESS).en,
  state_FAILED: label(statusWords.FAILED).en,
  state_CANCELLED: label(statusWords.CANCELLED).en,
  state_PASS: label(outcomeWords.PASS).en,
  state_WARN: label(outcomeWords.WARN).en,
  state_QUALITY: label(outcomeWords.QUALITY).en,
  state_TRANSIENT: label(outcomeWords.TRANSIENT).en,
  state_UNRECOVERABLE: label(outcomeWords.UNRECOVERABLE).en,
  state_declined: 'Does not take part',
  state_silent: 'Said nothing',
  state_awaited: 'Not heard from yet',
  state_late: 'Came late',
  state_unreachable: 'Not heard of any more',
} as const;
