/** What a process gives the services inside it. */
import { type BusOptions, BusSchema1763700000000, type FactBus, KafkaBusTables1763700000100, KafkaFactBus, PostgresFactBus } from '@tributary/fact-bus';
import { openStore, type PackageStore, type StoreConfig } from '@tributary/package-store';
import { isTransient, PostgresDatabase, type PostgresOptions, type PostgresTransaction } from '@tributary/persistence';
import {
  ConfigurationError,
  createLog,
  createMetrics,
  type Log,
  printableConfig,
  type ServiceContext,
  systemClock,
  systemIdentity,
} from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { type PlatformConfig } from './config';
import { replays } from './replays';

type Migrations = PostgresOptions['migrations'];

export interface PlatformOptions {
  readonly config: PlatformConfig;
  readonly version: string;
  /** Logs for people. */
  readonly pretty: boolean;
}

export interface ServiceParts {
  readonly context: ServiceContext;
  readonly database: PostgresDatabase;
  readonly bus: FactBus<PostgresTransaction>;
  /** What of these is the service's alone; the last thing that it does when it stops. */
  readonly close: () => Promise<void>;
}

export interface ServiceOptions {
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Connections at most. */
  readonly poolMax?: number;
}

export class Platform {
  readonly storeConfig: StoreConfig;
  readonly store: PackageStore;
  readonly log: Log;
  readonly #options: PlatformOptions;
  readonly #telemetries: Telemetry[] = [];
  readonly #closing: (() => Promise<void>)[] = [];
  #postgresBus: Promise<FactBus<PostgresTransaction>> | undefined;
  #withProcessMetrics = true;

  constructor(options: PlatformOptions) {
    this.#options = options;
    checkTogether(options.config);
    this.storeConfig = storeConfigOf(options.config);
    this.store = openStore(this.storeConfig);
    this.log = createLog({ service: 'platform', level: options.config.logLevel, pretty: options.pretty });
  }

  get config(): PlatformConfig {
    return this.#options.config;
  }

  /** `port` 0 takes a free one. */
  context(
    service: string,
    { host = this.config.httpHost, port = this.config.httpPort }: { readonly host?: string; readonly port?: number } = {},
  ): ServiceContext {
    const { config, version, pretty } = this.#options;
    const telemetry = new Telemetry({ service, version, instance: systemIdentity.fresh(), otlpEndpoint: config.otlpEndpoint });
    this.#telemetries.push(telemetry);
    const metrics = createMetrics(service, { withProcess: this.#withProcessMetrics });
    this.#withProcessMetrics = false;
    return {
      service,
      log: createLog({ service, level: config.logLevel, pretty }),
      telemetry,
      metrics,
      clock: systemClock,
      identity: systemIdentity,
      host,
      port,
    };
  }

  /** All that a service is given, its own schema migrated: `sql-worker` keeps to `sql_worker`. */
  async service(name: string, migrations: Migrations, { poolMax, ...listen }: ServiceOptions = {}): Promise<ServiceParts> {
    const context = this.context(name, listen);
    const overKafka = this.config.bus === 'kafka';
    const database = await connect({
      url: this.config.databaseUrl,
      schema: name.replaceAll('-', '_'),
      migrations: overKafka ? [...migrations, KafkaBusTables1763700000100] : migrations,
      ...(poolMax !== undefined && { poolMax }),
    });
    if (!overKafka) return { context, database, bus: await this.postgresBus(), close: () => database.close() };
    const bus = this.#kafkaBus(name, database);
    await bus.subscribe(replays(name, database, bus));
    return {
      context,
      database,
      bus,
      close: async () => {
        await bus.close();
        await database.close();
      },
    };
  }

  /** On PostgreSQL all services of a process share one bus, so that an idle process costs one statement a beat. */
  async postgresBus(): Promise<FactBus<PostgresTransaction>> {
    return await (this.#postgresBus ??= this.#openPostgresBus());
  }

  async #openPostgresBus(): Promise<FactBus<PostgresTransaction>> {
    // Migrations and the bus's own reads; handlers run on the services' connections.
    const database = await connect({ url: this.config.databaseUrl, schema: 'bus', migrations: [BusSchema1763700000000], poolMax: 4 });
    const bus = new PostgresFactBus({ database, ...this.#busOptions() });
    this.#closing.push(async () => {
      await bus.close();
      await database.close();
    });
    return bus;
  }

  /** On Kafka every service has an outbox, hence a bus, of its own. */
  #kafkaBus(service: string, database: PostgresDatabase): FactBus<PostgresTransaction> {
    const { kafkaBrokers = '' } = this.config;
    const bus = new KafkaFactBus({
      database,
      service,
      kafka: { brokers: kafkaBrokers.split(',').map((broker) => broker.trim()) },
      ...this.#busOptions(),
      onLog: (line) => {
        this.log.debug({ kafka: line }, 'kafkajs');
      },
    });
    return bus;
  }

  #busOptions(): BusOptions {
    return {
      newId: () => systemIdentity.fresh(),
      isTransient,
      onTrouble: (error, where) => {
        this.log.warn({ err: error, where }, 'the bus is in trouble; it goes on by itself');
      },
    };
  }

  /** After the services have stopped. */
  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
    await Promise.all(this.#telemetries.map((telemetry) => telemetry.shutdown()));
  }
}

/** Rejects with a `ConfigurationError` when there is no database at the URL, or it does not let us in. */
async function connect(options: PostgresOptions): Promise<PostgresDatabase> {
  try {
    return await PostgresDatabase.connect(options);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (typeof code !== 'string' || !unreachable.has(code)) throw error;
    const url = String(printableConfig({ url: options.url })['url']);
    throw new ConfigurationError([`TRIBUTARY_DATABASE_URL=${url}: ${String(message)}`]);
  }
}

/** No such host, nobody there, no such database, user or password. */
const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', '3D000', '28000', '28P01']);

/** What no single setting shows. Throws a `ConfigurationError` with all faults. */
function checkTogether({ bus, kafkaBrokers, databaseUrl, storeAccessKey, storeSecretKey }: PlatformConfig): void {
  const brokers = (kafkaBrokers ?? '').split(',').map((broker) => broker.trim());
  const faults = [
    ...(/^postgres(?:ql)?:\/\/./.test(databaseUrl)
      ? []
      : ['TRIBUTARY_DATABASE_URL: not a URL of PostgreSQL; postgres://user:password@host:5432/database is one']),
    ...(bus === 'kafka' && !brokers.every((broker) => /^[^\s:]+:\d{1,5}$|^\[[\da-fA-F:]+\]:\d{1,5}$/.test(broker))
      ? [`TRIBUTARY_KAFKA_BROKERS=${kafkaBrokers ?? ''}: TRIBUTARY_BUS=kafka needs host:port, several of them separated by commas`]
      : []),
    ...((storeAccessKey === undefined) === (storeSecretKey === undefined) ? [] : ['TRIBUTARY_STORE_ACCESS_KEY, TRIBUTARY_STORE_SECRET_KEY: both or none']),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
}

function storeConfigOf({ storeFolder, storeBucket, storeEndpoint, storeRegion, storeAccessKey, storeSecretKey }: PlatformConfig): StoreConfig {
  if (storeBucket !== undefined) {
    return {
      kind: 's3',
      bucket: storeBucket,
      region: storeRegion,
      ...(storeEndpoint !== undefined && { endpoint: storeEndpoint, forcePathStyle: true }),
      ...(storeAccessKey !== undefined && storeSecretKey !== undefined && { credentials: { accessKeyId: storeAccessKey, secretAccessKey: storeSecretKey } }),
    };
  }
  if (storeFolder === undefined) throw new ConfigurationError(['TRIBUTARY_STORE_FOLDER or TRIBUTARY_STORE_BUCKET: one of them says where packages are kept']);
  return { kind: 'directory', root: storeFolder };
}
