/** What nothing costs: queries and CPU of a system that nobody uses. */
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf } from './cpu';
import { type Measured } from './figures';
import { type MeasuredSystem, type Surroundings } from './surroundings';

/** After the start there is something to settle: groups, first heartbeats, windows of earlier benchmarks. */
const settleMs = 12_000;
const watchMs = 20_000;
const services = 7;

export async function idleStandalone(surroundings: Surroundings): Promise<Measured[]> {
  return idle('npm start', await surroundings.standalone(), 1);
}

export async function idleCluster(surroundings: Surroundings): Promise<Measured[]> {
  return idle('cluster on Kafka', await surroundings.cluster(), services);
}

async function idle(name: string, { query, cpuMs, pids }: MeasuredSystem, processes: number): Promise<Measured[]> {
  await sleep(settleMs);
  const calls = async (): Promise<number> =>
    (
      await query<{ calls: number }>(
        `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
          WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'`,
      )
    )[0]?.calls ?? 0;
  const [callsBefore, cpuBefore, ownBefore, began] = [await calls(), cpuMs(), cpuMsOf(pids), performance.now()];
  await sleep(watchMs);
  const seconds = (performance.now() - began) / 1_000;
  const perSecond = ((await calls()) - callsBefore) / seconds;
  const note = processes > 1 ? `${(perSecond / processes).toFixed(2)} per process and second, ${processes} processes` : 'all services in one process';
  return [
    { what: `${name}: queries when idle`, unit: 'per s', values: [perSecond], cpu: { ms: (cpuMs() - cpuBefore) / seconds, per: 's' }, note },
    { what: `${name}: its own CPU when idle`, unit: '% of a core', values: [(cpuMsOf(pids) - ownBefore) / seconds / 10], note: 'without database and Kafka' },
  ];
}
