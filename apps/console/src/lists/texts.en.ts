/** Texts that all lists share. */
export const listsEn = {
  loading: 'Loading the list',
  more: 'Show more',
} as const;
