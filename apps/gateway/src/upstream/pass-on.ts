/** Hands a request on to a service, and the service's answer back, problem documents included. */
import { type Answer, type Call } from '@tributary/service-kit';
import { type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Upstream, type UpstreamRequest } from './upstream';

const requestHeaders = ['accept', 'accept-language', 'if-match', 'if-none-match', 'last-event-id', 'idempotency-key', 'tracestate'];
const bodyHeaders = ['content-type', 'content-length'];
const answerHeaders = [
  'content-type',
  'content-length',
  'content-disposition',
  'etag',
  'last-modified',
  'location',
  'cache-control',
  'retry-after',
  'allow',
  'idempotent-replay',
];

/** `undefined`: the answer was written. */
export type Handled = Answer | undefined;

export type Query = Readonly<Record<string, string | number | undefined>>;

/** What a service is told about whoever asks. */
export function headersFor(call: Call, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...picked(call, requestHeaders), traceparent: call.span.traceparent, 'x-tributary-actor': call.actor, ...extra };
}

/** What describes a body that is handed on as it comes. */
export const bodyHeadersOf = (call: Call): Record<string, string> => picked(call, bodyHeaders);

function picked(call: Call, names: readonly string[]): Record<string, string> {
  const given = names.flatMap((name) => {
    const value = call.request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/** Aborts when the client is gone. A server that stops lets requests end, so it is not the call's own signal. */
export function untilClientGone(call: Call): AbortSignal {
  const gone = new AbortController();
  call.response.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

/** The path of this request with the query as it was checked. */
export function pathOf(call: Call<Query | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) query.set(name, String(value));
  const path = call.request.path;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** Asks and hands the whole answer on. */
export async function passOn(upstream: Upstream, call: Call, request: Omit<UpstreamRequest, 'signal'>): Promise<Handled> {
  const answer = await upstream.open({ ...request, signal: untilClientGone(call) });
  return await answerWith(call, answer);
}

/** Streams an answer to the client. A body that breaks off midway breaks off for the client, too: it must not look complete. */
export async function answerWith(call: Call, answer: IncomingMessage): Promise<Handled> {
  writeHead(call, answer);
  try {
    await pipeline(answer, call.response);
  } catch {
    call.response.destroy();
  }
  return undefined;
}

/** The same for a stream that stays open: not waited for, and ended in good order when the server stops. */
export function followWith(call: Call, answer: IncomingMessage): Handled {
  const { response, signal } = call;
  writeHead(call, answer);
  response.flushHeaders();
  answer.pipe(response);
  answer.once('close', () => {
    // Not its end: the client must not take it for one, and comes back with its last event id.
    if (!answer.complete && !signal.aborted) response.destroy();
  });
  const stop = (): void => {
    answer.unpipe(response);
    answer.destroy();
    response.end();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return undefined;
}

function writeHead({ response }: Call, answer: IncomingMessage): void {
  response.status(answer.statusCode ?? 502);
  for (const name of answerHeaders) {
    const value = answer.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
}
