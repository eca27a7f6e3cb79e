/** Waits until a member of a group has read its shards to the ends that they had when it began. */
import { type ShardEnd, type Subscriber } from '@tributary/fact-bus';
import { type Clock } from '@tributary/service-kit';

export class CatchUp {
  #target: { readonly subscriber: Subscriber; readonly ends: ReadonlyMap<number, ShardEnd> } | undefined;
  readonly #done = Promise.withResolvers<undefined>();

  constructor(private readonly clock: Clock) {}

  /** Tell it whenever a batch was committed. */
  progressed(): void {
    if (!this.#target) return;
    const { subscriber, ends } = this.#target;
    // A shard that went to another member is that member's to read.
    const owned = new Set(subscriber.owned().map(({ partition }) => partition));
    if ([...ends].every(([partition, end]) => !owned.has(partition) || subscriber.reached(partition, end))) this.#done.resolve(undefined);
  }

  /** Resolves after `patienceMs` at the latest: a parked fact must not hold up everything else. */
  async wait(subscriber: Subscriber, patienceMs: number): Promise<void> {
    await subscriber.ready();
    const cancel = this.clock.after(patienceMs, () => {
      this.#done.resolve(undefined);
    });
    this.#target = { subscriber, ends: await subscriber.ends(subscriber.owned().map(({ partition }) => partition)) };
    this.progressed();
    await this.#done.promise;
    cancel();
  }
}
