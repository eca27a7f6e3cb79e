/**
 * One member of a Kafka group, kept alive: whatever ends the kafkajs consumer, another one is built after a pause. It only fetches and
 * hands over; nothing slow happens on its loop, so the membership does not depend on how long a handler takes.
 */
import { type Batch, type Consumer, type EachBatchPayload, type Kafka, type KafkaMessage } from 'kafkajs';
import { type Clock } from '../clock';
import { shardAssigner } from './shard.assigner';

export interface FetchedBatch {
  readonly topic: string;
  readonly partition: number;
  /** The offset that was asked for. */
  readonly from: number;
  readonly messages: readonly KafkaMessage[];
  /** The offset that comes next: behind the batch's control records, too. */
  readonly to: number;
}

export interface GroupConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly fetchWaitMs: number;
  readonly clock: Clock;
  /** Before each connection. */
  readonly prepare: () => Promise<void>;
  /** Partition numbers that this member has now. */
  readonly owned: () => readonly number[];
  /** The group has been shared out; called before the next fetch, so that seeking and pausing take effect on it. */
  readonly onJoined: (assignment: ReadonlyMap<string, readonly number[]>) => void;
  /** The coordinator has just confirmed the membership in the latest generation. */
  readonly onConfirmed: () => void;
  /** Whether the batch was taken; what was not taken is fetched again. */
  readonly onBatch: (batch: FetchedBatch) => Promise<boolean>;
  readonly onTrouble: (error: unknown) => void;
}

const concurrency = 32;
const leaveMaxMs = 5_000;

export class GroupConsumer {
  #consumer: Consumer | undefined;
  #over: ((reason: unknown) => void) | undefined;
  #readableAt = -Infinity;
  #answeredAt = 0;
  #failures = 0;
  #closed = false;
  #done: Promise<void> = Promise.resolve();
  #leaving: Promise<void> = Promise.resolve();

  constructor(private readonly options: GroupConsumerOptions) {}

  start(): void {
    this.#done = this.#run();
  }

  /** When a fetch or a heartbeat was last answered. */
  readableAt(): number {
    return this.#readableAt;
  }

  seek(topic: string, partition: number, offset: number): void {
    this.#tell((consumer) => {
      consumer.seek({ topic, partition, offset: String(offset) });
    });
  }

  pause(topic: string, partition: number): void {
    this.#tell((consumer) => {
      consumer.pause([{ topic, partitions: [partition] }]);
    });
  }

  resume(topic: string, partition: number): void {
    this.#tell((consumer) => {
      consumer.resume([{ topic, partitions: [partition] }]);
    });
  }

  /** Resolves when nothing of a stopped member is left, however long its goodbye takes. */
  async gone(): Promise<void> {
    await this.#done;
    await this.#leaving;
  }

  /** Leaves the group; within bounds. */
  async stop(): Promise<void> {
    this.#closed = true;
    this.#over?.(undefined);
    await this.#done;
  }

  async #run(): Promise<void> {
    const { clock, onTrouble } = this.options;
    while (!this.#closed) {
      const reason = await this.#live();
      if (this.#isClosed()) return;
      onTrouble(reason);
      this.#failures++;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(Math.min(5_000, 100 * 2 ** Math.min(this.#failures, 6)), resolve);
        this.#over = () => {
          cancel();
          resolve();
        };
      });
    }
  }

  /** One kafkajs consumer from its birth to its end; answers why it ended. */
  async #live(): Promise<unknown> {
    const over = Promise.withResolvers<unknown>();
    this.#over = over.resolve;
    this.#answeredAt = this.options.clock.monotonic();
    const cancelWatch = this.#watch(over.resolve);
    const consumer = this.#build(over.resolve);
    this.#consumer = consumer;
    try {
      await Promise.race([this.#begin(consumer), over.promise]);
      return await over.promise;
    } catch (error) {
      return error;
    } finally {
      cancelWatch();
      this.#consumer = undefined;
      await this.#leave(consumer);
    }
  }

  async #begin(consumer: Consumer): Promise<void> {
    const { topics, prepare } = this.options;
    const steps = [prepare, () => consumer.connect(), () => consumer.subscribe({ topics: [...topics], fromBeginning: true })];
    for (const step of steps) {
      await step();
      // Given up meanwhile: what is still to come would join the group as a ghost.
      if (this.#consumer !== consumer) return;
    }
    await consumer.run({
      autoCommit: false,
      // We resolve what we took; what we did not take comes again.
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: (payload) => this.#take(payload),
    });
  }

  #build(over: (reason: unknown) => void): Consumer {
    const { kafka, groupId, sessionTimeoutMs, fetchWaitMs, owned, onJoined, onConfirmed } = this.options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: Math.max(30_000, sessionTimeoutMs),
      heartbeatInterval: Math.max(100, Math.floor(sessionTimeoutMs / 6)),
      maxWaitTimeInMs: fetchWaitMs,
      allowAutoTopicCreation: false,
      // An open transaction of a foreign producer must not hold anybody up.
      readUncommitted: true,
      partitionAssigners: [shardAssigner(owned)],
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8, restartOnFailure: () => Promise.resolve(false) },
    });
    const { GROUP_JOIN, HEARTBEAT, REQUEST, CRASH, END_BATCH_PROCESS } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#failures = 0;
      this.#safely(() => {
        onJoined(new Map(Object.entries(payload.memberAssignment)));
      });
    });
    consumer.on(HEARTBEAT, () => {
      this.#safely(onConfirmed);
    });
    consumer.on(REQUEST, ({ payload: { apiName } }) => {
      this.#answeredAt = this.options.clock.monotonic();
      if (apiName === 'Fetch' || apiName === 'Heartbeat') this.#readableAt = this.#answeredAt;
    });
    consumer.on(CRASH, ({ payload }) => {
      over(payload.error);
    });
    consumer.on(END_BATCH_PROCESS, ({ payload: { topic, partition, batchSize, lastOffset } }) => {
      // kafkajs keeps batches of control records to itself; the partition's end lies behind them all the same.
      const to = Number(lastOffset) + 1;
      if (batchSize === 0) void this.options.onBatch({ topic, partition, from: -1, messages: [], to }).catch(this.options.onTrouble);
    });
    return consumer;
  }

  /** Never throws: kafkajs would hold up every partition of the member for seconds. */
  async #take(payload: EachBatchPayload): Promise<void> {
    try {
      const { batch } = payload;
      const { topic, partition, messages } = batch;
      const lastOffset = batch.lastOffset();
      const taken = await this.options.onBatch({ topic, partition, from: fetchedFrom(batch), messages, to: Number(lastOffset) + 1 });
      if (taken) payload.resolveOffset(lastOffset);
    } catch (error) {
      this.options.onTrouble(error);
    }
  }

  /** A client that gets no answer to anything for so long will never get one. */
  #watch(over: (reason: unknown) => void): () => void {
    const { clock, sessionTimeoutMs } = this.options;
    const silentMaxMs = Math.max(90_000, 4 * sessionTimeoutMs);
    let cancel: (() => void) | undefined;
    const look = (): void => {
      if (clock.monotonic() - this.#answeredAt > silentMaxMs) over(new Error(`no answer from Kafka for ${silentMaxMs} ms`));
      else cancel = clock.after(silentMaxMs / 4, look);
    };
    look();
    return () => {
      cancel?.();
    };
  }

  /** Within bounds: a broker that is away cannot be told. */
  async #leave(consumer: Consumer): Promise<void> {
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.options.clock.after(leaveMaxMs, resolve);
    });
    this.#leaving = consumer.disconnect().catch(() => undefined);
    await Promise.race([this.#leaving, late]);
    cancel();
  }

  #tell(say: (consumer: Consumer) => void): void {
    // Between two consumers there is nobody to tell; the next join says everything again.
    if (this.#consumer) this.#safely(say.bind(undefined, this.#consumer));
  }

  #safely(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.options.onTrouble(error);
    }
  }

  /** A method, because the compiler believes that nothing changes during an await. */
  #isClosed(): boolean {
    return this.#closed;
  }
}

/** kafkajs knows which offset it has asked for, but its types do not. */
function fetchedFrom(batch: Batch): number {
  const { fetchedOffset } = batch as Batch & { readonly fetchedOffset?: string };
  return Number(fetchedOffset ?? batch.firstOffset() ?? 0);
}
