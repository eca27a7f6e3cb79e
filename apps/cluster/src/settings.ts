/** Which of our own `TRIBUTARY_...` variables a service reads: each gets its own, and none that it would not know. */
import { CoordinatorConfig } from '@tributary/coordinator';
import { gatewayConfig } from '@tributary/gateway';
import { PlatformConfig } from '@tributary/platform';
import { variableOf } from '@tributary/service-kit';
import { workerSettings } from '@tributary/worker-kit';

const shared = Object.keys(PlatformConfig.shape);
const own: Readonly<Record<string, readonly string[]>> = {
  gateway: Object.keys(gatewayConfig.shape),
  coordinator: Object.keys(CoordinatorConfig.shape),
  definition: [],
};

export function settingsOf(service: string, environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const known = new Set([...shared, ...(own[service] ?? Object.keys(workerSettings))].map(variableOf));
  // An empty variable counts as none.
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (name.startsWith('TRIBUTARY_') ? [[name, known.has(name) ? (value ?? '') : '']] : [])),
  );
}
