/** Notices that whoever sends a request has fallen silent: a lost network tells nobody, and what the request holds would be held for ever. */
import { type IncomingMessage } from 'node:http';
import { Problem } from './problem';

/** Runs `work`, which answers `request`. Rejects with a `Problem` (408) when no byte of a body that is not complete came for `silentMsMax` to `2 * silentMsMax`. */
export async function unlessSilent<T>(request: IncomingMessage, silentMsMax: number, work: () => Promise<T>): Promise<T> {
  if (!hasBody(request)) return await work();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    let seen = request.socket.bytesRead;
    timer = setInterval(() => {
      const { bytesRead } = request.socket;
      // What waits to be read is our own slowness.
      if (bytesRead === seen && !request.complete && request.readableLength === 0) reject(fellSilent(silentMsMax));
      seen = bytesRead;
    }, silentMsMax);
    timer.unref();
  });
  try {
    return await Promise.race([work(), silence]);
  } finally {
    clearInterval(timer);
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function fellSilent(silentMsMax: number): Problem {
  const seconds = silentMsMax / 1_000;
  return new Problem(408, 'REQUEST_TIMEOUT', {
    en: `Nothing more of the request came for ${String(seconds)} s.`,
    zh: `请求内容中断超过 ${String(seconds)} 秒。`,
  });
}
