/** The window of a round is closed: what the ledger holds up to the cutoff was judged, what comes later is late. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { closings, Count, Instant, Sha256, SubTaskType, TaskId } from '../fields';
import { limits } from '../limits';

export const WindowClosed = defineFact({
  name: 'WindowClosed',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'coordinator',
  says: 'The window of a round is closed; what the ledger holds up to the cutoff was judged.',
  schema: z.looseObject({
    taskId: TaskId,
    round: z.number().int().min(1),
    closedBy: z.enum(closings),
    /** The last ledger position that was judged. */
    cutoff: Count,
    /** sha256 over the included (id, payload hash), see `docs/architecture.md`. */
    digest: Sha256,
    /** Types that joined in this product's recent verdicts; for the explanation only. */
    knownTypes: z.array(SubTaskType).max(limits.typesMax),
    unreachable: z.array(SubTaskType).max(limits.typesMax),
    openedAt: Instant,
    closedAt: Instant,
    pausedMs: Count,
  }),
});
export type WindowClosed = FactOf<typeof WindowClosed>;
