/** The one client of the public API that all pages share. */
import { ApiClient } from '@tributary/api-client';
import { QueryClient } from '@tanstack/react-query';
import { spokenLanguage } from '../texts/i18n';
import { onBackAgain } from './connection';
import { consoleFetch } from './console-fetch';
import { currentToken, onToken } from './token';

export const api = new ApiClient({ baseUrl: '', fetch: consoleFetch, token: currentToken, language: spokenLanguage });

/** Errors are shown at once: the banner tells when the server is back, and everything is asked again by then. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 2_000 }, mutations: { retry: false, networkMode: 'always' } },
});

/** What failed for want of a connection or a token is asked again when there is one. */
export function startAskingAgain(): void {
  const again = (): void => {
    void queryClient.invalidateQueries();
  };
  onBackAgain(again);
  onToken(again);
}
