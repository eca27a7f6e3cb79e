/** Runs the simulation from the command line. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ArgumentError, helpText, readArguments, type SimulationArguments } from './arguments';
import { lineOf } from './history';
import { type JudgedRun } from './judged-run';
import { manySeeds, nothing, shares, together, type Total } from './many-seeds';
import { describeRun, describeTotal } from './report';

async function run(given: SimulationArguments): Promise<number> {
  const began = performance.now();
  const { seed: first, count, json, jobs = availableParallelism() } = given;
  const tell = (text: string): void => void (json ? process.stderr : process.stdout).write(text);
  const parts = shares(first, count, jobs);
  const totals = parts.length > 1 ? await Promise.all(parts.map((part) => inProcess(part, given, tell))) : [await here(given, tell)];
  const total = totals.reduce(together, nothing);
  if (json) process.stdout.write(`${JSON.stringify(total)}\n`);
  else if (count > 1) process.stdout.write(describeTotal(total, performance.now() - began));
  return total.failed.length === 0 ? 0 : 1;
}

function here({ seed: first, count, json, trace }: SimulationArguments, tell: (text: string) => void): Promise<Total> {
  return manySeeds(first, count, (run: JudgedRun) => {
    if ((count === 1 && !json) || run.findings.length > 0) tell(describeRun(run));
    if (trace !== undefined && run.seed === first + count - 1) writeFileSync(trace, `${run.events.map(lineOf).join('\n')}\n`);
  });
}

/** Another one of us runs a share of the seeds; it says at once which fails, and its sums at the end. */
function inProcess(part: { readonly first: number; readonly count: number }, whole: SimulationArguments, tell: (text: string) => void): Promise<Total> {
  const isLast = part.first + part.count === whole.seed + whole.count;
  const trace = isLast && whole.trace !== undefined ? ['--trace', whole.trace] : [];
  const args = ['--seed', String(part.first), '--count', String(part.count), '--jobs', '1', '--json', ...trace];
  const child = spawn(process.execPath, [__filename, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let sums = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (sums += text));
  child.stderr?.setEncoding('utf8').on('data', tell);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0 || code === 1) resolve(JSON.parse(sums) as Total);
      else reject(new Error(`the process with the seeds from ${part.first} ended with ${signal ?? String(code)}`));
    });
  });
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

// A share ends with whoever wants it.
process.once('disconnect', () => process.exit(2));
process.channel?.unref();

void main().then((code) => {
  process.exitCode = code;
});
