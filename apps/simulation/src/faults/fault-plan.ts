/** What goes wrong in one run: drawn from the seed before it begins. Every run has another mixture, and most leave some kinds out. */
import { type Random } from '../random';

/** Probabilities per call of a port, while faults are on. */
export interface CallFaults {
  /** The process dies before the call, or after it. */
  readonly crash: number;
  /** The transaction is rolled back: a serialization failure, a lost connection. */
  readonly abort: number;
  /** The transaction is committed, and whoever asked for it hears of a lost connection. */
  readonly unknown: number;
  /** The call takes up to 30 ms. */
  readonly delay: number;
  /** The call takes up to 3 s. */
  readonly stall: number;
}

/** Probabilities per fact that is told. */
export interface FactFaults {
  /** Told once more, some time later. */
  readonly duplicate: number;
  /** Told once more under the same id, with other content. */
  readonly equivocate: number;
}

export type OutageKind = 'bus' | 'coordinator' | 'world' | 'database' | 'store' | 'kill' | 'restart';

export interface Outage {
  readonly kind: OutageKind;
  /** Virtual time, ms. */
  readonly at: number;
  readonly lengthMs: number;
  /** The service, for `database`; the replica, for `kill` and `restart`. */
  readonly whom: string;
}

export interface FaultPlan {
  readonly calls: CallFaults;
  readonly facts: FactFaults;
  readonly outages: readonly Outage[];
  /** Wall clocks of processes are off by up to so much, ms. */
  readonly skewMs: number;
  /** A delivery takes up to so long, ms. */
  readonly delayMaxMs: number;
  /** From then on nothing new goes wrong, ms. */
  readonly healedAt: number;
}

/** Uploads begin and outages begin before this, ms. */
export const loadMs = 50_000;

export function planFaults(random: Random, { services, replicas }: { readonly services: readonly string[]; readonly replicas: readonly string[] }): FaultPlan {
  const some = (...levels: readonly [number, ...number[]]): number => random.pick(levels);
  const outages = Array.from({ length: random.between(0, 4) }, () => outage(random, services, replicas));
  return {
    calls: {
      crash: some(0, 0.0004, 0.0015, 0.004),
      abort: some(0, 0.01, 0.05, 0.15),
      unknown: some(0, 0.005, 0.03),
      delay: some(0.02, 0.2, 0.5),
      stall: some(0, 0, 0.002, 0.01),
    },
    facts: { duplicate: some(0, 0.05, 0.3), equivocate: some(0, 0.02, 0.1) },
    outages: outages.sort((a, b) => a.at - b.at),
    skewMs: some(0, 0, 60_000, 3_600_000),
    delayMaxMs: some(2, 20, 300),
    healedAt: Math.max(loadMs, ...outages.map(({ at, lengthMs }) => at + lengthMs)) + 1_000,
  };
}

function outage(random: Random, services: readonly string[], replicas: readonly string[]): Outage {
  const kind = random.pick<OutageKind>(['bus', 'coordinator', 'world', 'database', 'store', 'kill', 'kill', 'restart', 'restart']);
  // Short ones fall inside a window; long ones outlast every deadline there is.
  const lengthMs =
    kind === 'kill' || kind === 'restart' ? random.between(100, 3_000) : random.pick([random.between(200, 4_000), random.between(70_000, 150_000)]);
  const whom = kind === 'database' ? pickOf(random, services) : pickOf(random, replicas);
  return { kind, at: random.between(500, loadMs), lengthMs: kind === 'database' ? Math.min(lengthMs, 4_000) : lengthMs, whom };
}

function pickOf(random: Random, names: readonly string[]): string {
  return names[random.between(0, names.length - 1)] ?? '';
}
