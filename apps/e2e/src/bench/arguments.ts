/** What `npm run bench -- ...` takes. Pure. */
import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly help: boolean;
  readonly json: boolean;
  /** A minute of load instead of twenty seconds. */
  readonly long: boolean;
  /** Which benchmarks, in the order given; all when empty. */
  readonly names: readonly string[];
}

export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** Throws `ArgumentError` with a sentence. */
export function readArguments(argv: readonly string[], known: readonly string[]): BenchArguments {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: { help: flag, json: flag, long: flag }, allowPositionals: true, strict: true });
    const unknown = positionals.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new ArgumentError(`${unknown.join(', ')}: none of ${known.join(', ')}.`);
    return { ...values, names: positionals };
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    throw new ArgumentError(`${error instanceof Error ? error.message : String(error)}\nSee npm run bench -- --help`);
  }
}
