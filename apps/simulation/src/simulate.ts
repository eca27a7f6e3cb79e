/** One run from one seed: load and faults, then peace until nothing is open any more, then the books are read. */
import { type Fact } from '@tributary/facts';
import { type Stored } from '@tributary/fact-bus';
import { echo, schedule } from './faults/nemesis';
import { type HistoryEvent } from './history';
import { Client } from './load/client';
import { readBooks } from './load/read-books';
import { Random } from './random';
import { type Trial } from './world/services';
import { World } from './world/world';

export interface Run {
  readonly seed: number;
  readonly events: readonly HistoryEvent[];
  /** sha256 of the history; equal for equal seeds. */
  readonly hash: string;
  /** Virtual time that passed, ms. */
  readonly elapsedMs: number;
}

/** What comes late may come so much later than the last fault, ms of virtual time. */
const stragglersMs = 110_000;
/** Then everything must have ended: the longest deadline, and some catching up. */
const patienceMs = 400_000;
/** Until the last word of a stopped worker is read, ms. */
const aftermathMs = 20_000;

/** `trial`: for those who want to know whether an error would be found. */
export async function simulate(seed: number, trial?: Trial): Promise<Run> {
  const echoes = Random.of(seed, 'echoes');
  const onTold = (told: World, row: Stored): void => {
    record(told, row);
    echo(told, echoes, row);
  };
  const world = new World(seed, onTold, trial);
  const client = new Client(world, Random.of(seed, 'client'));
  await world.start();
  client.schedule();
  schedule(world, Random.of(seed, 'nemesis'));
  await world.clock.run(world.plan.healedAt + stragglersMs);
  const until = world.clock.monotonic() + patienceMs;
  while (world.clock.monotonic() < until && (client.busy || !(await isQuiet(world, client)))) await world.clock.run(world.clock.monotonic() + 1_000);
  await world.closeDown();
  await world.clock.run(world.clock.monotonic() + aftermathMs);
  world.history.add({ process: 'nemesis', type: 'info', f: 'phase', key: 'quiescence' });
  await readBooks(world);
  return { seed, events: world.history.events, hash: world.history.hash(), elapsedMs: world.clock.monotonic() };
}

/** Every accepted upload has its verdict, and no round is open. */
async function isQuiet(world: World, { accepted }: Client): Promise<boolean> {
  for (const taskId of accepted) {
    const found = await world.gate.memory.find(taskId);
    if (!found || found.task.revision === 0 || found.windows.some(({ closed }) => !closed)) return false;
  }
  return true;
}

/** A fact on the log is history: as it was told, without what only people read. */
function record(world: World, { topic, partition, position, key, body }: Stored): void {
  const fact = JSON.parse(body) as Fact;
  const { id, type, source, causedby, data } = fact;
  // A dead letter's detail is a stack trace: it differs with the way the code was built.
  const said = type === 'FactDeadLettered' ? { ...data, detail: undefined } : data;
  world.history.add({
    process: source,
    type: 'ok',
    f: 'fact',
    key,
    value: { topic, partition, position, id, type, ...(causedby !== undefined && { causedby }), data: said },
  });
}
