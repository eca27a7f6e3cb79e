/** Who comes in: the name behind a token, if there are tokens; not too often, if there is a limit. */
import { type Clock } from '@tributary/service-kit';
import { type Request } from 'express';
import { BearerTokens, ExposedWithoutTokens, isLoopback } from './bearer-tokens';
import { RateLimit } from './rate-limit';

export interface DoorKeeperOptions {
  readonly host: string;
  readonly tokensFile?: string | undefined;
  readonly ratePerMinute?: number | undefined;
  readonly clock: Clock;
}

/** What describes the API may be read by everybody. */
const openPaths = /^\/(?:$|docs$|openapi\.json$|asyncapi\.json$|schemas\/)/;

/** The tokens, if there are any. Rejects with `ExposedWithoutTokens` or `UnreadableTokens`: ask before anything is started that has to be stopped again. */
export async function tokensOf({ host, tokensFile }: Pick<DoorKeeperOptions, 'host' | 'tokensFile'>): Promise<BearerTokens | undefined> {
  if (tokensFile === undefined && !isLoopback(host)) throw new ExposedWithoutTokens(host);
  return tokensFile === undefined ? undefined : await BearerTokens.read(tokensFile);
}

/** Answers the actor of a request, or throws a `Problem` (401, 429). Rejects with `ExposedWithoutTokens` or `UnreadableTokens`. */
export async function doorKeeper({ host, tokensFile, ratePerMinute, clock }: DoorKeeperOptions): Promise<(request: Request) => string> {
  const tokens = await tokensOf({ host, tokensFile });
  const rate = ratePerMinute === undefined ? undefined : new RateLimit(ratePerMinute, clock);
  return (request) => {
    const address = request.socket.remoteAddress ?? 'unknown';
    const actor = tokens && !openPaths.test(request.path) ? named(tokens, request, () => rate?.take(address)) : 'anonymous';
    rate?.take(actor === 'anonymous' ? address : `token ${actor}`);
    return actor;
  };
}

/** Guessing tokens is limited by the address that guesses. */
function named(tokens: BearerTokens, request: Request, beforeRefusal: () => void): string {
  try {
    return tokens.nameOf(request.headers.authorization);
  } catch (error) {
    beforeRefusal();
    throw error;
  }
}
