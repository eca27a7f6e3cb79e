import { createRequire } from 'node:module';
import { quietRequestQueues } from './quiet-request-queue';

interface Queue {
  pending: unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  scheduleCheckPendingRequests(): void;
  destroy(): void;
}

/** The class of the installed kafkajs: an upgrade that moves it should be noticed here. */
function aQueue(): Queue {
  const RequestQueue = createRequire(__filename)('kafkajs/src/network/requestQueue') as new (options: object) => Queue;
  const logger = { debug: () => undefined, warn: () => undefined };
  return new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, enforceRequestTimeout: true, clientId: 'test', broker: 'test:1', logger });
}

describe('the queue of a connection to Kafka', () => {
  beforeAll(quietRequestQueues);

  it('sets no timer while nothing waits', () => {
    const queue = aQueue();
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('sets one while a request waits', () => {
    const queue = aQueue();
    queue.pending.push({});
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.pending.length = 0;
    queue.destroy();
  });
});
