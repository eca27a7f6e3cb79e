/** Reads the rest of a request away, within bounds: a client that is still sending would not read its answer. */
import { type IncomingMessage } from 'node:http';

export interface DiscardOptions {
  readonly bytesMax: number;
  readonly waitMsMax: number;
}

/** Resolves at the end of the body, at the bound, or after the wait; never rejects. A body announced as longer is not waited for. */
export async function discardRest(request: IncomingMessage, { bytesMax, waitMsMax }: DiscardOptions): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return;
  await new Promise<void>((resolve) => {
    let read = 0;
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(finish, waitMsMax);
    request.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read > bytesMax) finish();
    });
    for (const event of ['end', 'close', 'error'] as const) request.once(event, finish);
    request.resume();
  });
}
