/** The documents about tasks as the API describes them. */
import { closings, Counts, finalStatuses, Instant, severities, SubTaskType, taskStatuses } from '@tributary/facts';
import { z } from 'zod';

export const participantShape = z.object({
  type: SubTaskType,
  kind: z.enum(['joined', 'declined', 'silent', 'late', 'unreachable']),
  outcome: z.enum(['RUNNING', 'PASS', 'WARN', 'QUALITY', 'TRANSIENT', 'UNRECOVERABLE']).optional(),
  attempt: z.number().int().optional(),
  reasonCode: z.string().optional(),
  reason: z.string().optional(),
  counts: Counts.optional(),
  progress: z.object({ done: z.number(), total: z.number(), unit: z.string() }).optional(),
});

export const windowShape = z.object({
  participationMs: z.number().int(),
  gapMs: z.number().int(),
  deadlineMs: z.number().int(),
  graceMs: z.number().int(),
  openedAt: Instant,
  participationEndsAt: Instant,
  deadlineAt: Instant,
  pausedMs: z.number().int(),
  closedAt: Instant.optional(),
  closedBy: z.enum(closings).optional(),
});

export const taskShape = z.object({
  taskId: z.uuid(),
  status: z.enum(taskStatuses),
  revision: z.number().int(),
  product: z.string(),
  version: z.string(),
  package: z.object({ fileName: z.string(), size: z.number().int(), sha256: z.string() }),
  createdAt: Instant,
  lastFactAt: Instant,
  round: z.number().int(),
  observedTypes: z.array(SubTaskType),
  participants: z.array(participantShape),
  window: windowShape,
  openRound: z.object({ round: z.number().int(), participants: z.array(participantShape), window: windowShape }).optional(),
  verdictHash: z.string().optional(),
  traceId: z.string().optional(),
});

export const explanationShape = z.object({
  status: z.enum(taskStatuses),
  revision: z.number().int(),
  rule: z.object({ id: z.string(), text: z.string(), values: z.looseObject({}) }).optional(),
  witness: z.array(z.uuid()),
  closed: z.object({ by: z.enum(closings), at: Instant, because: z.string() }).optional(),
  participants: z.array(participantShape),
  conflicts: z.array(z.looseObject({ kind: z.string() })),
  counterfactuals: z.array(z.looseObject({ change: z.looseObject({}), wouldBe: z.enum(finalStatuses) })),
  text: z.string(),
});

export const factShape = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: z.uuid(),
    type: z.string(),
    source: z.string(),
    subject: z.string(),
    time: Instant,
    data: z.looseObject({}),
  })
  .meta({ description: 'CloudEvents 1.0, structured; `late: true` where it came after the close' });

export const findingShape = z.looseObject({
  type: SubTaskType,
  ruleId: z.string(),
  severity: z.enum(severities),
  message: z.string(),
  location: z.looseObject({
    path: z.string(),
    range: z.looseObject({ startLine: z.number(), startColumn: z.number(), endLine: z.number(), endColumn: z.number() }).optional(),
    sheet: z.string().optional(),
    cell: z.string().optional(),
    pointer: z.string().optional(),
  }),
  evidence: z.string().optional(),
  fix: z.string().optional(),
  fingerprint: z.string(),
});

export type Participant = z.infer<typeof participantShape>;
export type Window = z.infer<typeof windowShape>;
export type Task = z.infer<typeof taskShape>;
export type Explanation = z.infer<typeof explanationShape>;
export type ToldFact = z.infer<typeof factShape>;
export type ShownFinding = z.infer<typeof findingShape>;
