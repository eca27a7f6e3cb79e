/** Wires the coordinator to PostgreSQL, HTTP and metrics, and runs it. */
import { type Clock, type FactBus } from '@tributary/fact-bus';
import { type PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { Counter, Gauge, Histogram, type Registry, type RunningService, serve, type ServiceContext } from '@tributary/service-kit';
import { type Closed } from './close-windows';
import { type CoordinatorConfig } from './config';
import { Coordinator } from './coordinator';
import { LedgerSignals } from './ledger-signals';
import { PostgresGateMemory } from './postgres.gate.memory';
import { gateRoutes } from './routes';

export interface CoordinatorDependencies {
  readonly config: CoordinatorConfig;
  /** Connected to the coordinator's own schema. */
  readonly database: PostgresDatabase;
  readonly bus: FactBus<PostgresTransaction>;
  /** Releases bus and database; the last thing that `stop` does. */
  readonly close: () => Promise<void>;
}

/** Facts of tasks that nobody created are kept so long, ms. */
const uncreatedKeptMs = 24 * 3_600_000;
const forgetEveryMs = 3_600_000;

export async function startCoordinator(context: ServiceContext, { config, database, bus, close }: CoordinatorDependencies): Promise<RunningService> {
  const { log, telemetry, clock, identity, metrics } = context;
  const memory = new PostgresGateMemory(database, 2 * config.coordinatorHeartbeatMs);
  const onTrouble = (error: unknown): void => {
    log.warn({ err: error }, 'trouble; it goes on by itself');
  };
  const signals = new LedgerSignals({ member: identity.fresh(), clock, connect: () => database.session(), onTrouble });
  const coordinator: Coordinator<PostgresTransaction> = new Coordinator({
    ...{ memory, database, bus, telemetry, clock, identity, signals, onTrouble },
    heartbeatMs: config.coordinatorHeartbeatMs,
    onClosed: measured(metrics, () => coordinator.openWindows),
  });
  await signals.start();
  const lacks = (): Promise<readonly string[]> => missing(database, bus);
  const server = await serve({ ...context, routes: gateRoutes({ memory, signals, requests: coordinator.requests }), missing: lacks });
  await coordinator.start();
  const stopForgetting = forgetting(clock, onTrouble, async () => {
    await database.transaction((tx) => memory.forgetUncreated(tx, new Date(clock.now() - uncreatedKeptMs).toISOString()));
  });
  return {
    name: context.service,
    url: server.url,
    missing: lacks,
    stop: async () => {
      stopForgetting();
      await coordinator.stop();
      await server.close();
      await signals.close();
      await close();
    },
  };
}

/** Forgets now and every while; an hour late is no harm. The answer ends it. */
function forgetting(clock: Clock, onTrouble: (error: unknown) => void, forget: () => Promise<void>): () => void {
  let cancel = (): void => undefined;
  let over = false;
  const run = (): void => {
    void forget()
      .catch(onTrouble)
      .finally(() => {
        if (!over) cancel = clock.after(forgetEveryMs, run);
      });
  };
  run();
  return () => {
    over = true;
    cancel();
  };
}

function measured(metrics: Registry, openWindows: () => number): (closed: Closed) => void {
  const registers = [metrics];
  const verdicts = new Counter({ name: 'tributary_windows_closed_total', help: 'Windows closed.', registers });
  const lag = new Histogram({
    name: 'tributary_verdict_lag_seconds',
    help: 'From the moment a window could close to its close, in watch time.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  new Gauge({
    name: 'tributary_windows_open',
    help: 'Windows open in the shards of this process.',
    registers,
    collect() {
      this.set(openWindows());
    },
  });
  return ({ closed }) => {
    verdicts.inc(closed.length);
    for (const { lagMs } of closed) lag.observe(lagMs / 1000);
  };
}

async function missing(database: PostgresDatabase, bus: FactBus<PostgresTransaction>): Promise<readonly string[]> {
  const checks: [string, Promise<unknown>][] = [
    ['the database', database.query('SELECT 1')],
    ['the fact bus', bus.probe()],
  ];
  const lacks = await Promise.all(
    checks.map(([name, check]) =>
      check.then(
        () => [],
        () => [name],
      ),
    ),
  );
  return lacks.flat();
}
