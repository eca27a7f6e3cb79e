/** Our own `TRIBUTARY_...` variables: checked before anything starts; each service gets its own, and none that it would not know. */
import { CoordinatorConfig } from '@tributary/coordinator';
import { gatewayConfig } from '@tributary/gateway';
import { PlatformConfig } from '@tributary/platform';
import { type Environment, readConfig, variableOf } from '@tributary/service-kit';
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';

const shared = Object.keys(PlatformConfig.shape);
const own: Readonly<Record<string, readonly string[]>> = {
  gateway: Object.keys(gatewayConfig.shape),
  coordinator: Object.keys(CoordinatorConfig.shape),
  definition: [],
};

/** What a person may set; the rest is ours to say, by options or by the plan. */
const everySetting = PlatformConfig.omit({ databaseUrl: true, bus: true, kafkaBrokers: true, logPretty: true }).extend({
  ...gatewayConfig.omit({ coordinatorUrl: true, definitionUrl: true, databaseUrl: true }).shape,
  ...CoordinatorConfig.shape,
  ...workerSettings,
  dataDir: z.string().min(1).optional(),
  /** Read by the local Kafka. */
  cache: z.string().min(1).optional(),
});

/** Throws `ConfigurationError` with every fault, as every service would for itself; what nobody reads is named to `warn`. */
export function checkSettings(environment: Environment, warn: (sentence: string) => void): void {
  readConfig(everySetting, environment, warn);
}

export function settingsOf(service: string, environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const known = new Set([...shared, ...(own[service] ?? Object.keys(workerSettings))].map(variableOf));
  // An empty variable counts as none.
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (name.startsWith('TRIBUTARY_') ? [[name, known.has(name) ? (value ?? '') : '']] : [])),
  );
}
