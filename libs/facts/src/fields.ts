/** The field types that several facts share, each with its bound. */
import { z } from 'zod';
import { limits } from './limits';

export const TaskId = z
  .string()
  .min(1)
  .max(limits.idLengthMax)
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/);
export const FactId = z.uuid();
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Instant = z.iso.datetime({ offset: true });
export const Text = z.string().max(limits.textLengthMax);
export const Name = z.string().min(1).max(limits.nameLengthMax);
/** Where bytes are: `store:<key>`, or a bare path of the founding text. Opaque to everybody but the package store. */
export const StoreUri = z.string().min(1).max(limits.uriLengthMax);
export const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const Round = z.number().int().min(1).max(1_000_000).default(1);
export const Attempt = z.number().int().min(1).max(1_000_000).default(1);

/** Open on purpose: nobody keeps a list of the types that exist. */
export const SubTaskType = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);
export const ReasonCode = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);

export const severities = ['blocker', 'error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];
export const Counts = z.object({
  blocker: Count.default(0),
  error: Count.default(0),
  warning: Count.default(0),
  info: Count.default(0),
});
export type Counts = z.infer<typeof Counts>;

/** A report in the package store: sorted NDJSON of findings. */
export const ReportRef = z.looseObject({ uri: StoreUri, sha256: Sha256.optional(), size: Count.optional() });
export type ReportRef = z.infer<typeof ReportRef>;

/** Milliseconds between heartbeats; absent means: never called unreachable. */
export const HeartbeatMs = z.number().int().min(2_000).max(600_000);
export const taskStatuses = ['INIT', 'RUNNING', 'SUCCESS', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED'] as const;
export type TaskStatus = (typeof taskStatuses)[number];
export const finalStatuses = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED'] as const;
export type FinalStatus = (typeof finalStatuses)[number];
export const closings = ['QUIET', 'DEADLINE', 'CANCELLED'] as const;
export type ClosedBy = (typeof closings)[number];
