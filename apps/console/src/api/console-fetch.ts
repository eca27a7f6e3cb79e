/** `fetch` that tells the shell what it needs to know: that the server is gone or back, and that it wants a token. */
import { callFailed, callSucceeded } from './connection';
import { currentToken, wantToken } from './token';

/** Rejects as `fetch` does. */
export async function consoleFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const token = currentToken();
  try {
    const response = await fetch(input, init);
    callSucceeded();
    if (response.status === 401) wantToken(token);
    return response;
  } catch (error) {
    // Whoever gives up a call has not lost the server.
    if (init?.signal?.aborted !== true) callFailed();
    throw error;
  }
}
