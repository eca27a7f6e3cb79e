/** Which dead letters the list shows, as it stands in its address. Pure. */
import { deadLetterStates, type DeadLetterState } from '@tributary/http-api';

export interface LetterFilter {
  readonly state?: DeadLetterState;
  readonly topic?: string;
  readonly group?: string;
  readonly factId?: string;
}

/** Open ones, unless the address says otherwise; `state=all` shows all. */
export function filterIn(search: URLSearchParams): LetterFilter {
  const asked = search.get('state') ?? 'open';
  const state = deadLetterStates.find((known) => known === asked);
  const texts = (['topic', 'group', 'factId'] as const).flatMap((name) => {
    const value = (search.get(name) ?? '').trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return { ...(state && { state }), ...Object.fromEntries(texts) };
}
