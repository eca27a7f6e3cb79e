/** `npm run bench`: figures of this machine, with what they cost. */
import { availableParallelism, loadavg } from 'node:os';
import { ArgumentError, readArguments } from './bench/arguments';
import { hopLatency, throughput } from './bench/bus.bench';
import { type Figure, figureOf, formatTable, type Measured } from './bench/figures';
import { acceptLatency, bigUpload, gatesPerSecond, verdictLag } from './bench/http.bench';
import { idleCluster, idleStandalone } from './bench/idle.bench';
import { startTimes } from './bench/start.bench';
import { Surroundings } from './bench/surroundings';

interface Benchmark {
  readonly says: string;
  readonly run: (surroundings: Surroundings) => Promise<readonly Measured[]>;
}

/** In this order: what needs an idle system comes before what leaves work behind. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  start: { says: 'npm start until it is ready, cold and warm', run: () => startTimes('npm start', { kind: 'standalone' }) },
  'start-cluster': { says: 'the cluster until it is ready, cold and warm', run: () => startTimes('cluster on Kafka', { kind: 'cluster' }, 1) },
  idle: { says: 'queries and CPU of npm start when nobody uses it', run: idleStandalone },
  'idle-cluster': { says: 'the same of the cluster', run: idleCluster },
  accept: { says: 'latency of the 202 for 1 MB', run: acceptLatency },
  lag: { says: 'how long after it was due a window closes', run: verdictLag },
  'hop-postgres': { says: 'one committed fact until its handler runs, on PostgreSQL', run: (surroundings) => hopLatency('postgres', surroundings) },
  'hop-kafka': { says: 'the same on Kafka', run: (surroundings) => hopLatency('kafka', surroundings) },
  'facts-postgres': { says: 'facts per second in batches, with a transactional effect', run: (surroundings) => throughput('postgres', surroundings) },
  'facts-kafka': { says: 'the same on Kafka', run: (surroundings) => throughput('kafka', surroundings) },
  upload: { says: 'MB/s of 1 GB, beside copying and hashing the same file; memory', run: bigUpload },
  gates: { says: 'gates per second, sustained', run: (surroundings) => gatesPerSecond('standalone', surroundings) },
  'gates-cluster': { says: 'the same of the cluster on Kafka', run: (surroundings) => gatesPerSecond('cluster', surroundings) },
};

const helpText = `Benchmarks of Tributary on this machine. Every figure stands beside the CPU that it cost.

  npm run bench                        all of them, about seven minutes
  npm run bench -- accept lag          some
  npm run bench -- --long gates        a minute of load instead of twenty seconds
  npm run bench -- --json > bench.json

${Object.entries(benchmarks)
  .map(([name, { says }]) => `  ${name.padEnd(16)} ${says}`)
  .join('\n')}
`;

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv, Object.keys(benchmarks));
  if (given.help) {
    process.stdout.write(helpText);
    return 0;
  }
  const names = given.names.length > 0 ? given.names : Object.keys(benchmarks);
  const surroundings = new Surroundings(given.long ? 60_000 : 20_000);
  const figures: Figure[] = [];
  let failed = 0;
  try {
    for (const name of names) {
      process.stderr.write(`${name} ... (load ${loadavg()[0]?.toFixed(1) ?? '?'})\n`);
      const measured = await benchmarks[name]?.run(surroundings).catch((error: unknown) => {
        failed++;
        process.stderr.write(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}\n`);
        return [];
      });
      figures.push(...(measured ?? []).map((one) => figureOf(name, one)));
    }
  } finally {
    await surroundings.stop();
  }
  const machine = { cores: availableParallelism(), node: process.version, load: loadavg() };
  process.stdout.write(
    given.json
      ? `${JSON.stringify({ machine, figures }, null, 2)}\n`
      : `${formatTable(figures)}${machine.cores} cores, Node ${machine.node}, load at the end ${machine.load.map((load) => load.toFixed(1)).join(' ')}\n`,
  );
  return failed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof ArgumentError ? error.message : String(error)}\n`);
    process.exit(error instanceof ArgumentError ? 2 : 1);
  },
);
