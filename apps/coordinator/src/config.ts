/** The coordinator's settings. */
import { z } from 'zod';

export const CoordinatorConfig = z.object({
  /** How often the clocks of shards with open windows are moved; twice as long without it is a pause. */
  coordinatorHeartbeatMs: z.coerce.number().int().min(200).max(60_000).default(2_000),
});
export type CoordinatorConfig = z.infer<typeof CoordinatorConfig>;
