/** The command line as people run it: the bundled file, in a process of its own, with streams that are no terminals. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { until } from './until';

const root = above(__dirname);

function above(folder: string): string {
  return existsSync(join(folder, 'nx.json')) ? folder : above(dirname(folder));
}

export const exampleNamed = (name: string): string => join(root, 'dist', 'examples', `${name}.zip`);

export interface CommandEnded {
  /** Null: it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly ended: Promise<CommandEnded>;
  /** Waits until it has written this. */
  says(stream: 'stdout' | 'stderr', what: RegExp, withinMs?: number): Promise<RegExpExecArray>;
  signal(signal: NodeJS.Signals): void;
}

/** Builds the bundle and packs the examples. */
export function prepareCommandLine(): void {
  for (const script of [
    ['tools/tributary.mjs', '--version'],
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'tools/examples.mjs'],
  ]) {
    const made = spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`${script.join(' ')} ended with ${made.status ?? 'a signal'}:\n${made.stderr}`);
  }
}

export function startTributary(argv: readonly string[], cwd = root): RunningCommand {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TRIBUTARY_|NODE_|LC_|LANG|FORCE_COLOR|NO_COLOR)/.test(name));
  const child: ChildProcess = spawn(process.execPath, [join(root, 'dist', 'cli', 'tributary.cjs'), ...argv], {
    cwd,
    env: Object.fromEntries(kept),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name]?.setEncoding('utf8').on('data', (text: string) => (told[name] += text));
  const ended = new Promise<CommandEnded>((resolve) => child.once('close', (code) => { resolve({ code, ...told }); })); // prettier-ignore
  return {
    ended,
    says: (stream, what, withinMs = 20_000) => until(`${stream} to say ${String(what)}`, (see) => what.exec(see(told)[stream]), { withinMs, everyMs: 20 }),
    signal: (signal) => {
      child.kill(signal);
    },
  };
}

export function tributary(...argv: readonly string[]): Promise<CommandEnded> {
  return startTributary(argv).ended;
}
