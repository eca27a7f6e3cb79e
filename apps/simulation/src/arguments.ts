/** What the command takes. Pure. */
import { parseArgs } from 'node:util';

export interface SimulationArguments {
  readonly help: boolean;
  /** The first seed. */
  readonly seed: number;
  /** How many seeds from there. */
  readonly count: number;
  /** At most so many processes; undefined: one a core. */
  readonly jobs?: number;
  readonly json: boolean;
  /** Where the history of the last run goes, as JSON lines. */
  readonly trace?: string;
}

export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

export const helpText = `The whole gate in one process, on a seed: load, faults, and a judge.

  simulation --seed 42                  one run
  simulation --seed 1 --count 20000     twenty thousand runs, one line for each that fails
  simulation --seed 42 --trace 42.jsonl the history of a run as JSON lines
  simulation --count 500 --json         the sums as one JSON object; failing runs go to stderr

Options
  --seed N      the first seed, from 0; default 1
  --count M     how many seeds; default 1
  --jobs J      share the seeds out to at most J processes; default one a core
  --json        { runs, failed: [{ seed, hash, findings }], events, counts }
  --trace FILE  writes the history (of the last run)
  --help        this text

Equal seeds give equal histories; the hash says so. Exit code 1: something may not be relied on, and the command to see it again.
`;

/** Throws `ArgumentError` with a sentence. */
export function readArguments(argv: readonly string[]): SimulationArguments {
  let values: { help?: boolean; seed?: string; count?: string; jobs?: string; json?: boolean; trace?: string };
  try {
    const [flag, word] = [{ type: 'boolean' }, { type: 'string' }] as const;
    const options = { help: flag, seed: word, count: word, jobs: word, json: flag, trace: word };
    values = parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new ArgumentError(`${error instanceof Error ? error.message : String(error)}\nSee --help`);
  }
  return {
    help: values.help ?? false,
    seed: wholeNumber('seed', values.seed ?? '1', 0),
    count: wholeNumber('count', values.count ?? '1', 1),
    json: values.json ?? false,
    ...(values.jobs !== undefined && { jobs: wholeNumber('jobs', values.jobs, 1) }),
    ...(values.trace !== undefined && { trace: values.trace }),
  };
}

function wholeNumber(name: string, text: string, min: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) throw new ArgumentError(`--${name} ${text} is no whole number from ${min}.`);
  return value;
}
