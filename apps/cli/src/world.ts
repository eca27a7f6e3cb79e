/** What the command line meets outside of itself, as an argument: streams, environment, clock, chance, interruptions. */
import { type Pace, realPace } from '@tributary/api-client';

export interface Output {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly pace: Pace;
  readonly nodeVersion: string;
  /** ms since 1970. */
  now(): number;
  newId(): string;
  /** Calls back at the first Ctrl-C (a second one ends the process); what it answers takes that back. */
  onInterrupt(callback: () => void): () => void;
}

/** npm hands a Ctrl-C on that its children have had from the terminal already: two that come so close are one, ms. */
const sameInterruptMs = 500;

export function realWorld(environment: World['environment']): World {
  return {
    environment,
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    pace: realPace,
    nodeVersion: process.versions.node,
    now: () => Date.now(),
    // The global one: the module behind it takes as long to load as all of ours.
    newId: () => crypto.randomUUID(),
    onInterrupt: interruptions(),
  };
}

/** One listener for the life of the process: a signal that comes while we end changes nothing. */
function interruptions(): World['onInterrupt'] {
  let firstAt: number | undefined;
  let tell = (): void => undefined;
  const listen = (): void => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      tell();
    } else if (now - firstAt > sameInterruptMs) process.exit(130);
  };
  return (callback) => {
    tell = callback;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listen);
    return () => {
      tell = () => undefined;
    };
  };
}
