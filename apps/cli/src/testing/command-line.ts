/** Runs a command line inside of a test: its streams are texts, its clock and its waits are the test's. */
import { realPace } from '@tributary/api-client';
import { run } from '../run';
import { type World } from '../world';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions extends Partial<World> {
  /** Called once the command waits; `interrupt` is Ctrl-C. */
  readonly during?: (interrupt: () => void) => void;
}

export async function commandLine(argv: readonly string[], { during, ...given }: RunOptions = {}): Promise<Ended> {
  const told = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const output = (name: keyof typeof told): World['stdout'] => ({
    write: (text) => {
      told[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
    },
  });
  const running = run(argv, {
    environment: {},
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: process.cwd(),
    pace: { random: () => 0, after: (ms, callback) => realPace.after(ms >= 10_000 ? ms : Math.min(ms, 5), callback) },
    nodeVersion: '24.11.0',
    now: () => Date.parse('2026-01-01T00:00:05.000Z'),
    newId: () => '01900000-0000-7000-8000-00000000abcd',
    onInterrupt: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    ...given,
  });
  during?.(() => {
    for (const listener of listeners) listener();
  });
  return { code: await running, ...told };
}
