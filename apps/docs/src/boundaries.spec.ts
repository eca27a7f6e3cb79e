/** Boundaries are data with reasons: what crosses one fails the linters, and the reason is part of what they say. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

interface Crossing {
  readonly what: string;
  /** A file that exists: its layer judges the text, the file itself stays as it is. */
  readonly path: string;
  readonly text: string;
  readonly rule: string;
  readonly because: string;
}

const nxRule = '@nx/enforce-module-boundaries';
const pure = 'This lib is pure: take what you need as an argument.';
const contract = 'libs/facts/src/gate/bare-facts.ts';
const core = 'libs/convergence/src/decide.ts';
const uses = (name: string, from: string): string => `import { ${name} } from '${from}';\nexport const used = ${name};\n`;

const crossings: readonly Crossing[] = [
  {
    what: 'the contract imports an adapter',
    path: contract,
    text: uses('InMemoryDatabase', '@tributary/persistence'),
    rule: nxRule,
    because: 'The contract is read by everybody',
  },
  { what: 'the contract imports pg', path: contract, text: uses('Client', 'pg'), rule: 'no-restricted-imports', because: pure },
  {
    what: 'the contract imports a package that nobody allowed',
    path: contract,
    text: uses('parse', 'yaml'),
    rule: nxRule,
    because: 'The contract is read by everybody',
  },
  { what: 'a core imports node:fs', path: core, text: uses('readFileSync', 'node:fs'), rule: 'no-restricted-imports', because: pure },
  { what: 'a core imports Nest', path: core, text: uses('Module', '@nestjs/common'), rule: 'no-restricted-imports', because: pure },
  { what: 'a core imports a kit', path: core, text: uses('systemClock', '@tributary/service-kit'), rule: nxRule, because: 'A core decides' },
  {
    what: 'an adapter imports another adapter',
    path: 'libs/fact-bus/src/clock.ts',
    text: uses('PostgresDatabase', '@tributary/persistence'),
    rule: nxRule,
    because: 'Adapters know one technology each',
  },
  {
    what: 'a kit imports an app',
    path: 'libs/service-kit/src/clock.ts',
    text: uses('Coordinator', '@tributary/coordinator'),
    rule: nxRule,
    because: 'Circular dependency',
  },
  {
    what: 'an app imports another app',
    path: 'apps/coordinator/src/config.ts',
    text: uses('sqlWorkerService', '@tributary/sql-worker'),
    rule: nxRule,
    because: 'Services tell each other facts',
  },
  {
    what: 'what is shipped imports test support',
    path: 'apps/coordinator/src/config.ts',
    text: uses('startTestPostgres', '@tributary/testing'),
    rule: 'no-restricted-imports',
    because: 'Test support stays out of what is shipped.',
  },
  {
    what: 'a core asks for the time',
    path: core,
    text: 'export const now = Date.now();\n',
    rule: 'no-restricted-properties',
    because: 'Time arrives as a fact.',
  },
  {
    what: 'a core makes a date of now',
    path: core,
    text: 'export const now = new Date();\n',
    rule: 'no-restricted-syntax',
    because: 'Time arrives as a fact.',
  },
  {
    what: 'a core rolls dice',
    path: core,
    text: 'export const dice = Math.random();\n',
    rule: 'no-restricted-properties',
    because: 'Chance arrives as an argument.',
  },
  {
    what: 'a core throws',
    path: core,
    text: "export function refuse(): never {\n  throw new Error('no');\n}\n",
    rule: 'no-restricted-syntax',
    because: 'Return the refusal; the core does not throw.',
  },
  {
    what: 'a core waits',
    path: core,
    text: 'export async function wait(work: Promise<void>): Promise<void> {\n  await work;\n}\n',
    rule: 'no-restricted-syntax',
    because: 'The core does not wait.',
  },
  { what: 'a core writes to the console', path: core, text: "console.log('here');\n", rule: 'no-restricted-globals', because: "Unexpected use of 'console'" },
];

/** The same sort of code where it is allowed. */
const allowed = [
  { what: 'a core imports the contract', path: core, text: uses('limits', '@tributary/facts') },
  { what: 'a core makes a date of a given time', path: core, text: 'export const day = (at: number): string => new Date(at).toISOString();\n' },
  { what: 'an app imports an adapter', path: 'apps/coordinator/src/config.ts', text: uses('encode', '@tributary/fact-bus') },
  {
    what: 'an app throws and asks for the time',
    path: 'apps/coordinator/src/config.ts',
    text: 'export function late(at: number): void {\n  if (at < Date.now()) throw new Error();\n}\n',
  },
  { what: 'a launcher imports apps', path: 'apps/standalone/src/config.ts', text: uses('Coordinator', '@tributary/coordinator') },
];

let said: readonly (readonly string[])[] = [];

beforeAll(() => {
  const input = JSON.stringify([...crossings, ...allowed].map(({ path, text }) => ({ path: join(root, path), text })));
  const run = spawnSync(process.execPath, [join(__dirname, 'testing/lint-texts.mjs')], {
    cwd: root,
    input,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  expect({ status: run.status, stderr: run.stderr }).toMatchObject({ status: 0 });
  said = JSON.parse(run.stdout) as readonly (readonly string[])[];
}, 300_000);

describe('[Z-013] a forbidden line fails with its reason', () => {
  it.each(crossings.map((crossing, index) => [crossing.what, crossing, index] as const))('%s', (_, { rule, because }, index) => {
    expect(said[index]!.filter((message) => message.startsWith(`${rule}: `) && message.includes(because))).toHaveLength(1);
  });
});

describe('what is allowed is let through', () => {
  it.each(allowed.map(({ what }, index) => [what, index] as const))('%s', (_, index) => {
    expect(said[crossings.length + index]).toEqual([]);
  });
});
