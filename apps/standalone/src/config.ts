/** The settings of a process with all services: those of every service, once. */
import { CoordinatorConfig } from '@tributary/coordinator';
import { gatewayConfig } from '@tributary/gateway';
import { PlatformConfig } from '@tributary/platform';
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';

export const StandaloneConfig = PlatformConfig.extend({
  ...gatewayConfig.omit({ coordinatorUrl: true, definitionUrl: true, databaseUrl: true }).shape,
  ...CoordinatorConfig.shape,
  ...workerSettings,
  /** An own PostgreSQL instead of the embedded one. */
  databaseUrl: z.string().min(1).optional(),
  /** Where the embedded PostgreSQL and the packages are kept. */
  dataDir: z.string().min(1).optional(),
});
export type StandaloneConfig = z.infer<typeof StandaloneConfig>;
