import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.base.json', import.meta.url), 'utf8'));

/** The suffix of a test is its tier; `TRIBUTARY_TIER` chooses: unit (examples and laws, the default), int (real services), e2e (the whole system). */
const tiers = {
  unit: { testMatch: ['<rootDir>/src/**/*.spec.ts'], testPathIgnorePatterns: ['\\.(int|e2e)\\.spec\\.ts$'] },
  int: { testMatch: ['<rootDir>/src/**/*.int.spec.ts'], testTimeout: 60_000, maxWorkers: 1 },
  e2e: { testMatch: ['<rootDir>/src/**/*.e2e.spec.ts'], testTimeout: 120_000, maxWorkers: 1 },
};

/** Published as ES modules only: Jest runs CommonJS, so these are transformed like our own files. */
const esmOnly = ['@noble/hashes', 'uuid', 'canonicalize', 'hucre', '@marcbachmann/cel-js', 'eventsource-parser', 'commander'];

/** One config for every project; Nx passes --rootDir. Aliases are read from tsconfig.base.json, never repeated. */
export default {
  testEnvironment: 'node',
  ...tiers[process.env.TRIBUTARY_TIER ?? 'unit'],
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [file]]) => [`^${alias}$`, fileURLToPath(new URL(file, import.meta.url))]),
  ),
};
