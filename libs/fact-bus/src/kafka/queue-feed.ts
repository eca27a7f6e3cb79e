/** The rows of one shard that a consumer has fetched and nobody has handled yet. Bounded: whoever fills it is told when it is full and when there is room again. */
import { type Topic } from '@tributary/facts';
import { type KafkaMessage } from 'kafkajs';
import { type Stored } from '../decode';
import { type Page, type ShardFeed } from '../shard-feed';
import { sizeOf, toStored } from './record';

/** Bytes that wait in a queue before its partition is paused. */
const queueBytesMax = 1024 * 1024;

interface Fetched {
  /** Not handed out yet. */
  messages: readonly KafkaMessage[];
  /** Where the fetch ended: behind records that are for nobody, too. */
  readonly to: number;
}

interface Queue {
  readonly fetched: Fetched[];
  bytes: number;
  /** What the next fetch must begin with, as a position. */
  expected: number;
  /** Somebody waits for room. */
  onRoom: (() => void) | undefined;
}

interface Taken extends Page {
  /** Fetches that are taken as a whole, and how many messages of the next one. */
  readonly whole: number;
  readonly part: number;
  readonly bytes: number;
}

export class QueueFeed implements ShardFeed {
  readonly #queues: Map<Topic, Queue>;
  #taken: Taken | undefined;
  #turn = 0;

  constructor(
    private readonly partition: number,
    positions: ReadonlyMap<Topic, number>,
  ) {
    this.#queues = new Map([...positions].map(([topic, expected]) => [topic, { fetched: [], bytes: 0, expected, onRoom: undefined }]));
  }

  /** The offset that must be fetched next; `undefined` for a topic that is not read here. */
  expected(topic: Topic): number | undefined {
    return this.#queues.get(topic)?.expected;
  }

  push(topic: Topic, messages: readonly KafkaMessage[], to: number): void {
    const queue = this.#queues.get(topic);
    if (!queue || to <= queue.expected) return;
    // Kafka may hand over a whole compressed batch when only its tail was asked for.
    const fresh = messages.filter(({ offset }) => Number(offset) >= queue.expected);
    queue.fetched.push({ messages: fresh, to });
    queue.bytes += fresh.reduce((sum, message) => sum + sizeOf(message), 0);
    queue.expected = to;
  }

  full(topic: Topic): boolean {
    return (this.#queues.get(topic)?.bytes ?? 0) > queueBytesMax;
  }

  /** Calls once when at least half of the queue is free again; the latest caller only. */
  whenRoom(topic: Topic, call: () => void): void {
    const queue = this.#queues.get(topic);
    if (queue) queue.onRoom = call;
    this.#tell(queue);
  }

  next(_: (topic: Topic) => number, rowsMax: number): Promise<Page | undefined> {
    this.#taken ??= this.#take(rowsMax);
    return Promise.resolve(this.#taken);
  }

  done(): void {
    const taken = this.#taken;
    this.#taken = undefined;
    if (!taken) return;
    const queue = this.#queues.get(taken.topic);
    if (!queue) return;
    queue.fetched.splice(0, taken.whole);
    const [head] = queue.fetched;
    if (head) head.messages = head.messages.slice(taken.part);
    queue.bytes -= taken.bytes;
    this.#tell(queue);
  }

  retry(): void {
    // What was taken and not done is handed out again.
  }

  /**
   * From the next queue in turn, so that no topic starves another: all that waits there, of however many fetches. A burst arrives in
   * many small fetches; a transaction for each would make it slower the faster it comes.
   */
  #take(rowsMax: number): Taken | undefined {
    const queues = [...this.#queues];
    for (let n = 0; n < queues.length; n++) {
      const [topic, queue] = queues[(this.#turn + n) % queues.length] ?? [];
      if (!topic || !queue || queue.fetched.length === 0) continue;
      this.#turn = (this.#turn + n + 1) % queues.length;
      return { topic, ...pageOf(queue.fetched, rowsMax, (message) => toStored(topic, this.partition, message)) };
    }
    return undefined;
  }

  #tell(queue: Queue | undefined): void {
    if (!queue?.onRoom || queue.bytes > queueBytesMax / 2) return;
    const call = queue.onRoom;
    queue.onRoom = undefined;
    call();
  }
}

function pageOf(fetched: readonly Fetched[], rowsMax: number, toRow: (message: KafkaMessage) => Stored): Omit<Taken, 'topic'> {
  const messages: KafkaMessage[] = [];
  let whole = 0;
  let part = 0;
  for (const one of fetched) {
    const room = rowsMax - messages.length;
    messages.push(...one.messages.slice(0, room));
    if (one.messages.length > room) {
      part = room;
      break;
    }
    whole++;
  }
  const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  const end = part === 0 ? fetched[whole - 1]?.to : undefined;
  return { rows: messages.map(toRow), whole, part, bytes, ...(end !== undefined && { to: end }) };
}
