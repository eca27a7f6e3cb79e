/** Words for states: of tasks, of outcomes, of participants. */
import { label, statusWords } from '@tributary/http-api/words';

export const statusEn = {
  state_INIT: label(statusWords.INIT).en,
  state_RUNNING: label(statusWords.RUNNING).en,
  state_SUCCESS: label(statusWords.SUCCESS).en,
  state_PARTIAL_SUCCESS: label(statusWords.PARTIAL_SUCCESS).en,
  state_FAILED: label(statusWords.FAILED).en,
  state_CANCELLED: label(statusWords.CANCELLED).en,
  state_PASS: 'Good',
  state_WARN: 'Good, with warnings',
  state_QUALITY: 'Not good enough',
  state_TRANSIENT: 'Could not scan',
  state_UNRECOVERABLE: 'Cannot scan this',
  state_declined: 'Does not take part',
  state_silent: 'Said nothing',
  state_awaited: 'Not heard from yet',
  state_late: 'Came late',
  state_unreachable: 'Not heard of any more',
} as const;
