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
    onInterrupt: (callback) => {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.once(signal, callback);
      return () => {
        for (const signal of signals) process.removeListener(signal, callback);
      };
    },
  };
}
