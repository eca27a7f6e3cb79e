/** kafkajs as this bus uses it: no console output, no topics by accident, short retries because we retry ourselves. */
import { type Admin, Kafka, type KafkaConfig, logLevel } from 'kafkajs';

/** A line that kafkajs would have written. Its ERROR lines are no alerts: first use after a start logs several. */
export interface KafkaLogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly namespace: string;
  readonly message: string;
}

const levels: Readonly<Record<number, KafkaLogLine['level']>> = { [logLevel.ERROR]: 'error', [logLevel.WARN]: 'warn', [logLevel.INFO]: 'info' };

/** `config` says where the brokers are and how to be let in. */
export function kafkaClient(config: KafkaConfig, onLog: (line: KafkaLogLine) => void = () => undefined): Kafka {
  return new Kafka({
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    logLevel: logLevel.WARN,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    ...config,
    logCreator:
      () =>
      ({ level, namespace, log }) => {
        onLog({ level: levels[level] ?? 'debug', namespace, message: log.message });
      },
  });
}

/** An admin client that is connected when it is needed and given up after an error, so that the next use begins anew. */
export class LazyAdmin {
  #admin: Promise<Admin> | undefined;

  constructor(private readonly kafka: Kafka) {}

  async use<R>(work: (admin: Admin) => Promise<R>): Promise<R> {
    const connecting = (this.#admin ??= this.#connect());
    try {
      return await work(await connecting);
    } catch (error) {
      if (this.#admin === connecting) {
        this.#admin = undefined;
        connecting.then((admin) => admin.disconnect()).catch(() => undefined);
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    const admin = await this.#admin?.catch(() => undefined);
    this.#admin = undefined;
    await admin?.disconnect().catch(() => undefined);
  }

  async #connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}
