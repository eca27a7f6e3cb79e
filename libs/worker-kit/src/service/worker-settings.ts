/** The settings that every worker's process reads from its environment. */
import { z } from 'zod';

const wholeNumber = z.coerce.number().int();

export const workerSettings = {
  /** Scan processes; scans that run at once, less one that stays free for looking at new packages. */
  scanProcesses: wholeNumber.min(1).max(64).default(2),
  /** JavaScript heap of one scan process, MiB. */
  scanHeapMb: wholeNumber.min(64).max(16_384).default(512),
  /** The longest that one scan may take. */
  scanMs: wholeNumber.min(1_000).max(3_600_000).default(300_000),
  /** A replica that is silent for so long has lost its runs to the others. */
  leaseMs: wholeNumber.min(1_000).max(120_000).default(5_000),
  /** How long a stop waits for scans before it hands them back. */
  drainMs: wholeNumber.min(0).max(60_000).default(5_000),
};
