import { type GateMemory, type LedgerEntry, type WatchReading } from '@tributary/coordinator';
import { judgedRun } from './judged-run';
import { type FaultPlan } from './faults/fault-plan';
import { type Sabotage } from './world/services';
import { beginning } from './world/virtual-clock';

jest.setTimeout(300_000);

/** The memory with some of its methods replaced. */
function remembering(memory: GateMemory, replaced: Partial<GateMemory>): GateMemory {
  return new Proxy(memory, {
    get: (target, property) => {
      const member = Reflect.get(replaced, property) ?? Reflect.get(target, property, target);
      return typeof member === 'function' ? member.bind(Reflect.has(replaced, property) ? replaced : target) : member;
    },
  });
}

async function errorsOf(seeds: readonly number[], sabotage: Sabotage, faults?: (drawn: FaultPlan) => FaultPlan): Promise<string[]> {
  const errors = new Set<string>();
  for (const seed of seeds) for (const { error } of (await judgedRun(seed, { sabotage, ...(faults && { faults }) })).findings) errors.add(error);
  return [...errors].sort();
}

const seeds = Array.from({ length: 12 }, (_, n) => 1 + n);

describe('an error of the coordinator is found', () => {
  it('[I6] when it forgets what comes late', async () => {
    const forgets: Sabotage = (memory) =>
      remembering(memory, {
        append: (tx, entries: readonly LedgerEntry[]) =>
          memory.append(
            tx,
            entries.filter(({ late, fact }) => !late || fact.type !== 'SubTaskCompleted'),
          ),
      });
    expect(await errorsOf(seeds.slice(0, 4), forgets)).toContain('late-unrecorded');
  });

  it('[I2] when it judges without the failures', async () => {
    const glosses: Sabotage = (memory) =>
      remembering(memory, {
        save: (tx, tasks, windows) =>
          memory.save(
            tx,
            tasks,
            windows.map((window) => ({
              ...window,
              state: { ...window.state, claims: Object.fromEntries(Object.entries(window.state.claims).filter(([, { says }]) => says !== 'QUALITY')) },
            })),
          ),
      });
    expect(await errorsOf(seeds.slice(0, 4), glosses)).toContain('wrong-verdict');
  });

  it('[I1] when nothing stops it from recording twice', async () => {
    const careless: Sabotage = (memory) => remembering(memory, { recorded: () => Promise.resolve(new Set<string>()) });
    expect(await errorsOf(seeds.slice(0, 4), careless)).not.toEqual([]);
  });

  it('[I5] when it forgets when to look again', async () => {
    const sleepy: Sabotage = (memory) => remembering(memory, { nextDue: () => Promise.resolve([]) });
    expect(await errorsOf(seeds, sleepy)).toContain('stuck');
  });

  it('when its clocks run on while nobody watches', async () => {
    const running = (readings: readonly WatchReading[]): readonly WatchReading[] =>
      readings.map((reading) => ({ ...reading, watchMs: reading.wallMs - beginning, pausedMs: 0, afterPause: false }));
    const wallClock: Sabotage = (memory) =>
      remembering(memory, {
        takeOver: async (...given) => running(await memory.takeOver(...given)),
        advance: async (...given) => running(await memory.advance(...given)),
      });
    // Everything is away for longer than any window is open, and nobody has any other excuse. Every outage has its upload just before it.
    const away = ({ calls, facts, ...drawn }: FaultPlan): FaultPlan => ({
      ...drawn,
      calls: { ...calls, crash: 0, abort: 0, unknown: 0, stall: 0, delay: 0.5 },
      facts: { ...facts, equivocate: 0 },
      outages: Array.from({ length: 12 }, (_, n) => ({ kind: 'world', at: 20_000 + n, lengthMs: 80_000, whom: '' })),
      delayMaxMs: 300,
      healedAt: 101_000,
    });
    expect(await errorsOf(seeds.slice(0, 4), wallClock, away)).toContain('unheard');
    expect(await errorsOf(seeds.slice(0, 4), (memory) => memory, away)).toEqual([]);
  });
});
