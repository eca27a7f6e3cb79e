/** A worker of somebody else: a plain Kafka client and HTTP, none of our code. It knows the published contract and nothing more. */
import { randomUUID } from 'node:crypto';
import { type CompressionTypes, type Consumer, type IHeaders, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { until } from './until';

export interface Heard {
  readonly type: string;
  readonly id: string;
  readonly key: string;
  readonly partition: number;
  readonly data: any;
  readonly headers: Readonly<Record<string, string>>;
}

export type Mode = 'binary' | 'structured';

export interface Saying {
  readonly mode?: Mode;
  readonly id?: string;
  readonly source?: string;
  readonly causedby?: string;
  readonly dataschema?: string;
  /** Where it goes; else the partition that `MainTaskCreated` came from. */
  readonly partition?: number;
  readonly key?: string;
  readonly compression?: CompressionTypes;
  readonly subject?: string;
}

export class ForeignWorker {
  readonly #consumer: Consumer;
  readonly #producer: Producer;
  readonly #heard: Heard[] = [];

  private constructor(
    kafka: Kafka,
    readonly name: string,
  ) {
    this.#consumer = kafka.consumer({ groupId: `${name}-${randomUUID()}`, readUncommitted: true, sessionTimeout: 10_000, maxWaitTimeInMs: 300 });
    // Java's murmur2 of the key.
    this.#producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  }

  static async start(bootstrap: string, name: string, topics: readonly string[] = ['gate.facts']): Promise<ForeignWorker> {
    const kafka = new Kafka({ brokers: bootstrap.split(','), clientId: name, logLevel: logLevel.NOTHING, retry: { retries: 10, initialRetryTime: 100 } });
    const worker = new ForeignWorker(kafka, name);
    await worker.#producer.connect();
    await worker.#consumer.connect();
    await worker.#consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await worker.#consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        const headers = textHeaders(message.headers);
        const text = message.value?.toString('utf8') ?? 'null';
        worker.#heard.push({
          type: headers['ce_type'] ?? '',
          id: headers['ce_id'] ?? '',
          key: message.key?.toString('utf8') ?? '',
          partition,
          data: JSON.parse(text),
          headers,
        });
        return Promise.resolve();
      },
    });
    return worker;
  }

  /** Everything that came about a task, in the order of its partition. */
  heardOf(taskId: string): readonly Heard[] {
    return this.#heard.filter(({ key }) => key === taskId);
  }

  hears(taskId: string, type: string, withinMs = 30_000): Promise<Heard> {
    return until(`${this.name} to hear ${type}`, () => this.#heard.find((fact) => fact.key === taskId && fact.type === type), { withinMs, everyMs: 30 });
  }

  /** Tells a fact about the task of `created`; answers its id. */
  async say(created: Heard, type: string, data: Readonly<Record<string, unknown>>, saying: Saying = {}): Promise<string> {
    const { mode = 'binary', id = randomUUID(), source = `/teams/${this.name}`, partition = created.partition, key = created.key, compression } = saying;
    const attributes = {
      ...{ specversion: '1.0', id, type, source, time: new Date().toISOString() },
      ...(saying.causedby !== undefined && { causedby: saying.causedby }),
      ...(saying.dataschema !== undefined && { dataschema: saying.dataschema }),
      ...(saying.subject !== undefined && { subject: saying.subject }),
    };
    const all = { taskId: created.data.taskId, round: created.data.round, ...data };
    const message =
      mode === 'structured'
        ? {
            value: JSON.stringify({ ...attributes, datacontenttype: 'application/json', data: all }),
            headers: { 'content-type': 'application/cloudevents+json' },
          }
        : {
            value: JSON.stringify(all),
            headers: {
              'content-type': 'application/json',
              ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])),
              ...traceOf(created),
            },
          };
    await this.send({ key, partition, ...message }, compression);
    return id;
  }

  /** Anything at all onto `scan.facts`. */
  async send(
    message: { readonly key: string; readonly partition?: number; readonly value: string | null; readonly headers?: Record<string, string> },
    compression?: CompressionTypes,
  ): Promise<void> {
    await this.#producer.send({ topic: 'scan.facts', messages: [message], ...(compression !== undefined && { compression }) });
  }

  async stop(): Promise<void> {
    await this.#consumer.disconnect();
    await this.#producer.disconnect();
  }
}

/** The trace id is kept, the span id is new. */
function traceOf({ headers }: Heard): Record<string, string> {
  const [version, traceId, , flags] = (headers['ce_traceparent'] ?? headers['traceparent'] ?? '').split('-');
  if (version === undefined || traceId === undefined || flags === undefined) return {};
  const traceparent = [version, traceId, randomUUID().replaceAll('-', '').slice(0, 16), flags].join('-');
  return { traceparent, ce_traceparent: traceparent };
}

function textHeaders(headers: IHeaders | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, (Array.isArray(value) ? value.at(-1) : value)?.toString() ?? '']));
}
