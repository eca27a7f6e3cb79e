/** Runs the simulation from the command line. */
import { writeFileSync } from 'node:fs';
import { ArgumentError, helpText, readArguments, type SimulationArguments } from './arguments';
import { added } from './checker/coverage';
import { lineOf } from './history';
import { judgedRun } from './judged-run';
import { describeRun, describeTotal } from './report';

async function run({ seed: first, count, trace }: SimulationArguments): Promise<number> {
  const began = performance.now();
  const failed: number[] = [];
  let [events, verdicts, faults]: [number, number, Record<string, number>] = [0, 0, {}];
  for (let seed = first; seed < first + count; seed++) {
    const judged = await judgedRun(seed);
    if (judged.findings.length > 0) failed.push(seed);
    if (count === 1 || judged.findings.length > 0) process.stdout.write(describeRun(judged));
    if (trace !== undefined && seed === first + count - 1) writeFileSync(trace, `${judged.events.map(lineOf).join('\n')}\n`);
    events += judged.events.length;
    verdicts += Object.values(judged.coverage.verdicts).reduce((sum, n) => sum + n, 0);
    faults = added(faults, judged.coverage.faults);
  }
  if (count > 1) process.stdout.write(describeTotal({ runs: count, failed, events, verdicts, faults, tookMs: performance.now() - began }));
  return failed.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  try {
    const given = readArguments(process.argv.slice(2));
    if (!given.help) return await run(given);
    process.stdout.write(helpText);
    return 0;
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
