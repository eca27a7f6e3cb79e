/** What a supervisor is told about a process, and what it knows about it. */

export interface ProcessSpec {
  /** Unique; shown to people. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** On top of our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** stdout and stderr, appended; kept within bounds. */
  readonly logFile: string;
  /** Ready when this answers 200. Without it a process is ready as soon as it runs. */
  readonly readyUrl?: string;
  /** Stages start in ascending order, each when the one before is ready, and stop in descending order. The gateway comes last and goes first. */
  readonly stage: number;
  /** A crash after start-up: leave it (the default), or start it again with growing pauses. */
  readonly restart?: 'never' | 'on-crash';
}

/**
 *     waiting -> starting -> ready -> stopping -> stopped
 *                  |  ^        |
 *                  v  |        v
 *                crashed <-----+       (restart 'on-crash' leads back to starting)
 */
export type ProcessPhase = 'waiting' | 'starting' | 'ready' | 'crashed' | 'stopping' | 'stopped';

export interface ProcessState {
  readonly name: string;
  readonly phase: ProcessPhase;
  readonly pid: number | undefined;
  /** `exit 1`, `SIGKILL`, `ENOENT`; of the last life. */
  readonly ended: string | undefined;
  /** How often it was started again. */
  readonly restarts: number;
  /** From spawn to ready, of the present life. */
  readonly readyAfterMs: number | undefined;
  readonly logFile: string;
}

const firstPauseMs = 500;
const pauseMsMax = 30_000;
/** Who could work for so long has no fault of its own: whatever ended it, it begins again with a short pause. */
const steadyAfterMs = 5_000;

/** Crashes in a row, this one included, of a process that was ready for so long in this life. */
export function crashesInRow(before: number, readyForMs: number): number {
  return readyForMs >= steadyAfterMs ? 1 : before + 1;
}

/** Before the next start, after so many crashes in a row (from 1). */
export function restartPauseMs(crashesInRow: number): number {
  return Math.min(pauseMsMax, firstPauseMs * 2 ** Math.max(0, crashesInRow - 1));
}

/** Specs in groups that start together, ascending. */
export function inStages<Item extends { readonly stage: number }>(specs: readonly Item[]): readonly (readonly Item[])[] {
  const stages = [...new Set(specs.map(({ stage }) => stage))].sort((one, other) => one - other);
  return stages.map((stage) => specs.filter((spec) => spec.stage === stage));
}
