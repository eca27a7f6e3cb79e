/** The gateway as a running service: the one public HTTP door. */
import { type FactBus, type SqlTransaction } from '@tributary/fact-bus';
import { type PackageStore } from '@tributary/package-store';
import { type PostgresDatabase, type Transaction } from '@tributary/persistence';
import { type RunningService, serve, type ServiceContext } from '@tributary/service-kit';
import { doorKeeper } from './access/door-keeper';
import { builtConsoleFolder, consolePages } from './console/console-pages';
import { PostgresDeadLetterMemory } from './dead-letters/postgres.dead-letter.memory';
import { defaultLimits, type GatewayLimits, gatewayOf, type GatewayPorts } from './gateway';
import { GatewaySchema1763700000100 } from './gateway-schema.migration';
import { housekeeping } from './housekeeping';
import { missingOf } from './readiness';
import { PostgresUploadMemory } from './upload/postgres.upload.memory';
import { Upstream } from './upstream/upstream';

export interface GatewayDeps {
  /** Connected to the schema `gateway`. */
  readonly database: PostgresDatabase;
  /** Releases bus and database; the last thing that `stop` does. */
  readonly close: () => Promise<void>;
  readonly bus: FactBus<SqlTransaction>;
  readonly store: PackageStore;
  readonly coordinatorUrl: string;
  readonly definitionUrl: string;
  readonly uploadBytesMax?: number;
  readonly uploadsMax?: number;
  readonly packageDays?: number | undefined;
  readonly tokensFile?: string | undefined;
  readonly ratePerMinute?: number | undefined;
}

export const gatewayMigrations = [GatewaySchema1763700000100];

/** Rejects with `ExposedWithoutTokens`, `UnreadableTokens`, or with what connecting and listening reject with. */
export async function startGateway(context: ServiceContext, deps: GatewayDeps): Promise<RunningService> {
  const { database, close, bus, store, coordinatorUrl, definitionUrl, uploadBytesMax, uploadsMax, tokensFile, ratePerMinute, packageDays } = deps;
  const ports: OpenPorts<SqlTransaction> = {
    database: { transaction: (work) => database.transaction(work), close },
    uploads: new PostgresUploadMemory(database),
    deadLetters: new PostgresDeadLetterMemory(database),
    bus,
    store,
    coordinator: new Upstream({ url: coordinatorUrl, code: 'COORDINATOR', name: { en: 'The coordinator', zh: '协调器' } }),
    definition: new Upstream({ url: definitionUrl, code: 'DEFINITION', name: { en: 'The definition service', zh: '定义服务' } }),
    probeDatabase: async () => {
      await database.query('SELECT 1');
    },
  };
  const limits = { packageBytesMax: uploadBytesMax ?? defaultLimits.packageBytesMax, uploadsMax: uploadsMax ?? defaultLimits.uploadsMax };
  try {
    return await openGateway(context, ports, { ...limits, tokensFile, ratePerMinute, packageDays, consoleFolder: builtConsoleFolder() });
  } catch (error) {
    await close();
    throw error;
  }
}

export interface OpenPorts<T extends Transaction> extends GatewayPorts<T> {
  /** Resolves when the database answers. */
  readonly probeDatabase: () => Promise<void>;
}

export interface OpenSettings extends GatewayLimits {
  readonly tokensFile?: string | undefined;
  readonly ratePerMinute?: number | undefined;
  readonly packageDays?: number | undefined;
  /** Where the built console is; without one there is a plain page. */
  readonly consoleFolder?: string | undefined;
}

export type OpenGateway = RunningService;

/** The same over any ports. */
export async function openGateway<T extends Transaction>(context: ServiceContext, ports: OpenPorts<T>, settings: OpenSettings): Promise<OpenGateway> {
  const { log, telemetry, metrics, clock, host, port } = context;
  const authenticate = await doorKeeper({ host, clock, tokensFile: settings.tokensFile, ratePerMinute: settings.ratePerMinute });
  const missing = missingOf(ports);
  const pages = settings.consoleFolder === undefined ? undefined : consolePages(settings.consoleFolder);
  const { routes, deadLetters } = gatewayOf(context, ports, settings);
  const server = await serve({
    service: 'gateway',
    // The console is the better way in.
    routes: pages ? routes.filter(({ path }) => path !== '/') : routes,
    host,
    port,
    log,
    telemetry,
    metrics,
    missing,
    authenticate,
    otherwise: pages,
  });
  const subscriber = await deadLetters.subscribe();
  const stopHousekeeping = housekeeping(context, { ...ports, packageDays: settings.packageDays });
  return {
    name: 'gateway',
    url: server.url,
    missing,
    stop: async () => {
      stopHousekeeping();
      await server.close();
      await subscriber.stop();
      ports.coordinator.close();
      ports.definition.close();
      await ports.database.close();
    },
  };
}
