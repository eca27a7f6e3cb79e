/** What the command takes. Pure. */
import { parseArgs } from 'node:util';

export interface SimulationArguments {
  readonly help: boolean;
  /** The first seed. */
  readonly seed: number;
  /** How many seeds, one after the other. */
  readonly count: number;
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

Options
  --seed N      the first seed, from 0; default 1
  --count M     how many seeds; default 1
  --trace FILE  writes the history (of the last run)
  --help        this text

Equal seeds give equal histories; the hash says so. Exit code 1: something may not be relied on, and the command to see it again.
`;

/** Throws `ArgumentError` with a sentence. */
export function readArguments(argv: readonly string[]): SimulationArguments {
  let values: { help?: boolean; seed?: string; count?: string; trace?: string };
  try {
    const options = { help: { type: 'boolean' }, seed: { type: 'string' }, count: { type: 'string' }, trace: { type: 'string' } } as const;
    values = parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new ArgumentError(`${error instanceof Error ? error.message : String(error)}\nSee --help`);
  }
  return {
    help: values.help ?? false,
    seed: wholeNumber('seed', values.seed ?? '1', 0),
    count: wholeNumber('count', values.count ?? '1', 1),
    ...(values.trace !== undefined && { trace: values.trace }),
  };
}

function wholeNumber(name: string, text: string, min: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) throw new ArgumentError(`--${name} ${text} is no whole number from ${min}.`);
  return value;
}
