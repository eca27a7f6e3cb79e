/** An upload as a stream under one idempotency key: what breaks off is sent again, and makes no second task. For programs; a page in a browser cannot send streams everywhere and uses `uploadAddress`. */
import { type Accepted } from '@tributary/http-api';
import { type Door } from './door';
import { lackOf, needs } from './documents';
import { ApiProblem, isPassing, Unreachable } from './failures';
import { backoffMs, type Pace, pause } from './pace';
import { documentIn } from './read-answer';

export interface UploadFields {
  readonly product?: string | undefined;
  readonly version?: string | undefined;
  /** The id of a policy, or a whole one as JSON text. */
  readonly policy?: string | undefined;
}

export interface UploadSource extends UploadFields {
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  /** The file from its beginning; asked for again with every attempt. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** 1 to 255 characters, the same for everything that is meant to be the same upload. */
  readonly idempotencyKey: string;
  readonly attemptsMax?: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes that the network has taken in this attempt. */
  readonly onProgress?: ((sentBytes: number, size: number) => void) | undefined;
  /** Before another attempt; `attempt` is the one that failed, from 1. */
  readonly onRetry?: ((attempt: number, error: unknown, waitMs: number) => void) | undefined;
}

export const uploadPath = '/api/v1/gate/tasks';
const attemptsDefault = 6;

/** Where a raw body goes, and with which headers (a token and a language come from `Door.headers`). */
export function uploadAddress({ fileName, idempotencyKey, ...fields }: UploadFields & { readonly fileName: string; readonly idempotencyKey: string }): {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { product, version, policy } = fields;
  return {
    path: uploadPath,
    query: { product, version, policy },
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename*=utf-8''${rfc8187(fileName)}`,
      'idempotency-key': idempotencyKey,
    },
  };
}

/** Rejects like every call; with what the last attempt met when it gives up. Nobody there at the very first attempt is told at once. */
export async function upload({ door, pace }: { readonly door: Door; readonly pace: Pace }, source: UploadSource): Promise<Accepted> {
  const { attemptsMax = attemptsDefault, signal, onRetry } = source;
  for (let attempt = 1; ; attempt++) {
    const sent = { bytes: 0 };
    try {
      return await send(door, source, sent);
    } catch (error) {
      const nobody = attempt === 1 && sent.bytes === 0 && error instanceof Unreachable;
      if (signal?.aborted === true || !isPassing(error) || nobody || attempt >= attemptsMax) throw error;
      const waitMs = backoffMs(attempt, pace, error instanceof ApiProblem ? error.retryAfterMs : undefined);
      onRetry?.(attempt, error, waitMs);
      await pause(waitMs, pace, signal);
      signal?.throwIfAborted();
    }
  }
}

async function send(door: Door, source: UploadSource, sent: { bytes: number }): Promise<Accepted> {
  const { path, query, headers } = uploadAddress(source);
  const { signal, size } = source;
  const response = await door.open(path, {
    method: 'POST',
    query,
    // With its length, so that a server can refuse what is too large before it has read it.
    headers: { ...headers, 'content-length': String(size) },
    body: streamOf(source, sent),
    signal,
    answerMsMax: 0,
  });
  const url = door.addressOf(path);
  return await documentIn<Accepted>(response, url, (value) => lackOf(value, needs.accepted));
}

/** One chunk is taken at a time: what counts as sent is what the connection has asked for. */
function streamOf({ open, size, onProgress }: UploadSource, sent: { bytes: number }): ReadableStream<Uint8Array> {
  const chunks = open()[Symbol.asyncIterator]();
  let last = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        sent.bytes += last;
        if (last > 0) onProgress?.(sent.bytes, size);
        const next = await chunks.next();
        last = next.done === true ? 0 : next.value.byteLength;
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The characters of RFC 8187's `attr-char` as they are, all others percent-encoded. */
function rfc8187(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
