/** Configuration: one zod object per service, read once from the environment, every fault named at once. */
import { type z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** `TRIBUTARY_HTTP_PORT` for `httpPort`. */
export function variableOf(key: string): string {
  return `TRIBUTARY_${key.replaceAll(/([A-Z])/g, '_$1').toUpperCase()}`;
}

/** What stands in a variable; an empty one counts as none. */
export function variableIn(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

/**
 * Values of the schema's keys from the environment. Throws `ConfigurationError` with all faults. A `TRIBUTARY_` variable that nobody
 * reads is named to `warn`, and among the faults when there are any: it may be a slip of the pen, or another program's.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
  warn: (sentence: string) => void = () => undefined,
): z.infer<z.ZodObject<Shape>> {
  const keys = Object.keys(schema.shape);
  const known = new Set(keys.map(variableOf));
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('TRIBUTARY_') && environment[name] !== '' && !known.has(name))
    .map((name) => `${name}: nobody reads this variable${nearest(name, [...known])}`);
  const given = Object.fromEntries(
    keys.flatMap((key) => {
      const value = variableIn(environment, variableOf(key));
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new ConfigurationError([...unknown, ...parsed.error.issues.map(({ path, message }) => faultOf(path.map(String).join('.'), given, message))]);
  for (const sentence of unknown) warn(sentence);
  return parsed.data;
}

/** A variable with what it was given, and what was expected instead: people look for their own text, not for what a parser made of it. */
function faultOf(key: string, given: Readonly<Record<string, string | undefined>>, message: string): string {
  const value = given[key];
  if (value === undefined) return `${variableOf(key)}: missing`;
  const expected = message.replace(/^Invalid input: /, '').replace(/, received \w+$/, '');
  return `${variableOf(key)}=${String(masked(key, value))}: ${expected}`;
}

/** For the log at start: secrets masked. */
export function printableConfig(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, masked(key, value)]));
}

function masked(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/secret|password|(?:token|key)$/i.test(key)) return '***';
  return value.replace(/(\/\/[^:@/\s]+:)[^@/\s]+@/, '$1***@');
}

function nearest(name: string, known: readonly string[]): string {
  const close = known.find(
    (candidate) => candidate.replaceAll('_', '') === name.replaceAll('_', '') || candidate.startsWith(name) || name.startsWith(candidate),
  );
  return close === undefined ? '' : `; did you mean ${close}?`;
}
