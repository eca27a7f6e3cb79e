/** The configuration of a worker: what every scanning worker has, and how a product's differs from the base. */
import { severities } from '@tributary/facts';
import { z } from 'zod';

/** Settings by rule id. Open about ids: a rule that a release removed must not make a configuration unreadable. */
export const RuleProfile = z.record(
  z.string().max(200),
  z.strictObject({
    enabled: z.boolean().exactOptional(),
    severity: z.enum(severities).exactOptional(),
    options: z.record(z.string(), z.unknown()).exactOptional(),
  }),
);

export const scanConfig = {
  enabled: z.boolean().default(true),
  rules: RuleProfile.default({}),
};

/** A configuration as it was published. Revision 0: nobody has published any. */
export interface PublishedConfig {
  readonly revision: number;
  readonly config: Readonly<Record<string, unknown>>;
  /** What differs, by product. */
  readonly products: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const nothingPublished: PublishedConfig = { revision: 0, config: {}, products: {} };

/** The configuration that a package of this product is scanned with. Objects merge, everything else is replaced. */
export function configFor(product: string, { config, products }: PublishedConfig): Readonly<Record<string, unknown>> {
  const own = Object.hasOwn(products, product) ? products[product] : undefined;
  return own === undefined ? config : merged(config, own);
}

function merged(base: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const changed = Object.entries(over).map(([name, value]): [string, unknown] => {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    return [name, isObject(before) && isObject(value) ? merged(before, value) : value];
  });
  // Not by assignment: a key called __proto__ is a key like others.
  return Object.fromEntries([...Object.entries(base), ...changed]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
