/** As `npm run simulate` runs it: bundled, on all cores; inside of Jest a seed takes twice as long. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { shares, type Total } from './many-seeds';

jest.setTimeout(600_000);

const simulate = resolve(__dirname, '../../../tools/simulate.mjs');
const count = 500;

/** So many of each in a hundred seeds at least: else the runs prove nothing about it. */
const leastInAHundred: Total['counts'] = {
  load: { uploads: 700, lateFacts: 500, amended: 20, rescanned: 30, heldToCome: 100, refed: 800 },
  verdicts: { SUCCESS: 50, PARTIAL_SUCCESS: 50, FAILED: 50, CANCELLED: 20 },
  rules: { NO_PARTICIPANTS: 5, DEADLINE_UNFINISHED: 20, ALL_SUCCEEDED: 20, SOME_SUCCEEDED: 20, ALL_FAILED: 10, SQL_MUST_PASS: 10 },
  closings: { QUIET: 200, DEADLINE: 50 },
  faults: {
    ...{ crash: 200, kill: 10, stop: 20, bus: 5, coordinator: 5, world: 5, database: 5, store: 5 },
    ...{ abort: 500, 'unknown-commit': 100, stall: 100, duplicate: 500, equivocation: 50 },
  },
};

it(`[I1 I2 I3 I4 I5 I6 I7] the gate under faults, ${count} seeds, keeps what may be relied on`, async () => {
  // Also with an exit code of 1 it has said which seeds failed.
  const run = promisify(execFile)(process.execPath, [simulate, '--seed', '1', '--count', String(count), '--json'], { maxBuffer: 2 ** 26 });
  const { stdout, stderr } = await run.catch((error: unknown) => error as { stdout: string; stderr: string });
  if (!stdout.includes('{')) throw new Error(stderr);
  const { runs, failed, counts } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Total;
  expect([runs, failed]).toEqual([count, []]);
  const least = Object.entries(leastInAHundred).flatMap(([group, names]) => Object.entries(names).map(([name, n]) => ({ group, name, n })));
  const tooFew = least.filter(({ group, name, n }) => (counts[group as keyof typeof counts][name] ?? 0) < (n * count) / 100);
  expect(tooFew).toEqual([]);
});

it.each([
  [10, 3],
  [2, 8],
  [500, 2],
  [1, 1],
])('%i seeds for %i processes are shared out without gap', (seeds, jobs) => {
  const parts = shares(7, seeds, jobs);
  expect(parts.flatMap((part) => Array.from({ length: part.count }, (_, n) => part.first + n))).toEqual(Array.from({ length: seeds }, (_, n) => 7 + n));
  expect(parts.every((part) => part.count > 0)).toBe(true);
});
