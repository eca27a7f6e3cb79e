/**
 * kafkajs 2.2.4 wakes every connection a thousand times a second although nothing waits: the queue of a connection sets its timer
 * again and again, also when it is empty. A whole idle cluster spends a quarter of a core on that. Here the timer is set only
 * while a request waits; one that cannot be sent at once still sets it, and every answer looks at the queue anyway.
 */
import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

let quiet = false;

/** Once per process, before the first connection. A kafkajs that is built differently is left as it is. */
export function quietRequestQueues(): void {
  if (quiet) return;
  quiet = true;
  const prototype = prototypeOfQueue();
  if (typeof prototype?.scheduleCheckPendingRequests !== 'function') return;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the queue as `this` below
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}

function prototypeOfQueue(): RequestQueue | undefined {
  try {
    return (createRequire(__filename)('kafkajs/src/network/requestQueue') as { readonly prototype?: RequestQueue }).prototype;
  } catch {
    return undefined;
  }
}
