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

/**
 * Values of the schema's keys from the environment. `foreign` names variables of other services in the same process, which are
 * not unknown. Throws `ConfigurationError` with all faults.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
  foreign: readonly string[] = [],
): z.infer<z.ZodObject<Shape>> {
  const keys = Object.keys(schema.shape);
  const known = new Set([...keys.map(variableOf), ...foreign]);
  const unknown = Object.keys(environment).filter((name) => name.startsWith('TRIBUTARY_') && environment[name] !== '' && !known.has(name));
  const given = Object.fromEntries(
    keys.flatMap((key) => {
      const value = environment[variableOf(key)];
      return value === undefined || value === '' ? [] : [[key, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  const faults = unknown.map((name) => `${name}: nobody reads this variable${nearest(name, [...known])}`);
  if (!parsed.success) faults.push(...parsed.error.issues.map(({ path, message }) => `${variableOf(path.map(String).join('.'))}: ${message}`));
  if (faults.length > 0 || !parsed.success) throw new ConfigurationError(faults);
  return parsed.data;
}

/** For the log at start: secrets masked. */
export function printableConfig(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, masked(key, value)]));
}

function masked(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/secret|password|token|key$/i.test(key)) return '***';
  return value.replace(/(\/\/[^:@/\s]+:)[^@/\s]+@/, '$1***@');
}

function nearest(name: string, known: readonly string[]): string {
  const close = known.find(
    (candidate) => candidate.replaceAll('_', '') === name.replaceAll('_', '') || candidate.startsWith(name) || name.startsWith(candidate),
  );
  return close === undefined ? '' : `; did you mean ${close}?`;
}
