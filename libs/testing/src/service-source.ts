/** Where this test process gets its services from; decided once, said once. */
import { wantedServices } from './config';
import { findEngine } from './container-engine';

export type ServiceSource = 'containers' | 'local';

let decided: Promise<ServiceSource> | undefined;

export function serviceSource(): Promise<ServiceSource> {
  return (decided ??= decide());
}

async function decide(): Promise<ServiceSource> {
  const wanted = wantedServices();
  if (wanted === 'local') return say('local', 'TRIBUTARY_TEST_SERVICES=local');
  const engine = await findEngine();
  if (engine !== undefined) return say('containers', 'a Docker engine answers');
  if (wanted === 'containers') throw new Error('TRIBUTARY_TEST_SERVICES=containers, but no Docker engine answers');
  return say('local', 'no Docker engine answers');
}

function say(source: ServiceSource, because: string): ServiceSource {
  const what = source === 'local' ? 'embedded PostgreSQL, Kafka from Maven' : 'containers';
  process.stderr.write(`test services: ${what} (${because})\n`);
  return source;
}
