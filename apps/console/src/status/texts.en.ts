/** Words for states: of tasks, of outcomes, of participants. */
export const statusEn = {
  state_INIT: 'Waiting',
  state_RUNNING: 'Running',
  state_SUCCESS: 'Passed',
  state_PARTIAL_SUCCESS: 'Partly passed',
  state_FAILED: 'Failed',
  state_CANCELLED: 'Cancelled',
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
