/** What a run came to, for people. Pure. */
import { type JudgedRun } from './judged-run';
import { type Total } from './many-seeds';

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

export function describeRun({ seed, events, hash, elapsedMs, coverage, refed, findings }: JudgedRun): string {
  const { uploads, facts, lateFacts, verdicts, closings, faults, amended, rescanned, deadLetters, heldToCome, slowestMs } = coverage;
  return [
    `seed ${seed}: ${events.length} events in ${Math.round(elapsedMs / 1000)} s of virtual time, trace ${hash}`,
    `  ${uploads} uploads, ${facts} facts told (${lateFacts} late, ${deadLetters} dead letters), slowest verdict ${Math.round(slowestMs / 1000)} s`,
    `  verdicts   ${listed(verdicts)}; ${amended} amended, ${rescanned} rescanned, ${refed} judged again in another order`,
    `  windows    ${listed(closings)}; ${heldToCome} workers had to be heard`,
    `  faults     ${listed(faults)}`,
    ...(findings.length === 0 ? ['  violations none'] : findings.map(describeFinding)),
    ...(findings.length === 0 ? [] : [`  replay     ${replayCommand(seed)}`]),
    '',
  ].join('\n');
}

function describeFinding({ error, means, count, witnesses }: JudgedRun['findings'][number]): string {
  return [`  VIOLATION  ${error} (${count}): ${means}`, ...witnesses.map(({ key, detail }) => `             ${key}: ${detail}`)].join('\n');
}

export function replayCommand(seed: number): string {
  return `node dist/simulation/main.js --seed ${seed} --trace ${seed}.jsonl`;
}

export function describeTotal({ runs, failed, events, counts }: Total, tookMs: number): string {
  const seeds = failed.slice(0, 20).map(({ seed }) => seed);
  const bound = failed.length === 0 ? `; with 95 % confidence fewer than ${(3 / runs).toPrecision(2)} of all seeds fail` : `; failed: ${seeds.join(', ')}`;
  const verdicts = Object.values(counts.verdicts).reduce((sum, n) => sum + n, 0);
  return [
    `${runs} seeds, ${failed.length} with violations${bound}`,
    `  ${events} events, ${verdicts} verdicts, faults: ${listed(counts.faults)}`,
    `  ${(tookMs / 1000).toFixed(1)} s, ${(tookMs / runs).toFixed(0)} ms a seed`,
    '',
  ].join('\n');
}
