/** A service's metrics in Prometheus' form. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export { Counter, Gauge, Histogram, Registry };

/** `withProcess`: also memory, CPU and event loop; once per process. */
export function createMetrics(service: string, { withProcess = false }: { readonly withProcess?: boolean } = {}): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (withProcess) collectDefaultMetrics({ register: registry });
  return registry;
}
