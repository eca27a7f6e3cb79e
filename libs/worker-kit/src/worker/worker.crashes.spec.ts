/** A worker that dies between any two steps, and one that only seems dead: one end per run, and nothing said by who lost it. */
import { type Fact } from '@tributary/facts';
import { type Death, type WorkerProcess, WorkerWorld } from '../testing/worker-world';
import { type ScanScript } from './scripted.scan-runner';

jest.setTimeout(120_000);

const counts = { blocker: 0, error: 1, warning: 0, info: 0 };
const ends = (facts: readonly Fact[]): Fact[] => facts.filter(({ type }) => type === 'SubTaskCompleted' || type === 'SubTaskFailed');

/** One declines, one passes, one crashes once and then fails the quality. */
function script(): ScanScript {
  return {
    consider: ({ taskId }) =>
      taskId === 'declines' ? { kind: 'decline', reasonCode: 'NOTHING_HERE' } : { kind: 'take', manifest: { sha256: 'a'.repeat(64), format: 1 } },
    scan: ({ taskId, attempt }, onProgress) => {
      onProgress({ done: 1, total: 2, unit: 'files' });
      if (taskId === 'crashes' && attempt === 1) return { kind: 'impossible', failure: { code: 'SCAN_CRASHED', detail: 'as asked' } };
      return { kind: 'scanned', judgement: taskId === 'crashes' ? 'QUALITY' : 'PASS', reason: 'test/bad (1)', counts };
    },
  };
}

const tasks = ['declines', 'passes', 'crashes'];

async function publishAll(world: WorkerWorld): Promise<void> {
  await world.publish(...tasks.map((task) => world.created(task)));
}

/** What must hold whatever happened: each run has ended, as its script says, and was told so once. */
async function expectOneEndEach(world: WorkerWorld): Promise<void> {
  expect(Object.fromEntries((await world.runs()).map(({ taskId, state }) => [taskId, state]))).toEqual({
    declines: 'DECLINED',
    passes: 'DONE',
    crashes: 'FAILED',
  });
  expect(world.of('declines').map(({ type }) => type)).toEqual(['SubTaskDeclined']);
  for (const taskId of ['passes', 'crashes']) {
    const facts = world.of(taskId);
    const [end, ...more] = ends(facts);
    expect(more).toEqual([]);
    const started = facts.filter(({ type }) => type === 'SubTaskStarted');
    expect(new Set(started.map(({ id }) => id)).size).toBe(started.length);
    const last = started.find(({ data }) => data['attempt'] === end?.data['attempt']);
    expect(end?.causedby).toBe(last?.id);
    expect(facts.indexOf(last!)).toBeLessThan(facts.indexOf(end!));
    // Nobody speaks after the end, and no lower attempt after a higher one.
    expect(facts.at(-1)).toBe(end);
    const attempts = facts.map(({ data }) => Number(data['attempt']));
    expect(attempts).toEqual([...attempts].sort((a, b) => a - b));
  }
}

async function finish(world: WorkerWorld): Promise<void> {
  for (let second = 0; second < 30; second++) await world.clock.advance(1_000);
}

async function callsOfAWholeLife(): Promise<number> {
  const world = new WorkerWorld();
  await world.listen();
  const process = await world.start(script());
  await publishAll(world);
  await finish(world);
  await expectOneEndEach(world);
  return process.calls;
}

describe('a worker that dies [F1 F2 I4]', () => {
  it('at any of its steps, before or after its effect, is taken over and every run has one end', async () => {
    const calls = await callsOfAWholeLife();
    expect(calls).toBeGreaterThan(10);
    let died = 0;
    for (let atCall = 1; atCall <= calls; atCall++) {
      for (const when of ['before', 'after'] as const) died += (await lives({ atCall, when })) ? 1 : 0;
    }
    expect(died).toBe(2 * calls);
  });

  /** Answers whether the death took place. */
  async function lives(death: Death): Promise<boolean> {
    const world = new WorkerWorld();
    await world.listen();
    const first = await world.start(script(), death);
    await publishAll(world);
    for (let step = 0; step < 20 && !first.dead; step++) await world.clock.advance(200);
    const { dead } = first;
    await first.kill();
    await world.start(script());
    await finish(world);
    await expectOneEndEach(world);
    return dead;
  }

  it('again and again gives up after three tries, and says so once', async () => {
    const world = new WorkerWorld();
    await world.listen();
    await world.publish(world.created('passes'));
    for (let life = 0; life < 3; life++) {
      const process = await world.start({ scan: () => new Promise(() => undefined) });
      await world.clock.advance(1_000);
      await process.kill();
      await world.clock.advance(6_000);
    }
    await world.start(script());
    await finish(world);
    const said = ends(world.told);
    expect(said).toMatchObject([{ type: 'SubTaskFailed', data: { failureKind: 'UNRECOVERABLE', attempt: 4 } }]);
    expect(said[0]?.data['reason']).toMatch(/^WORKER_LOST: /);
    expect(world.told.filter(({ type }) => type === 'SubTaskStarted').map(({ data }) => data['attempt'])).toEqual([1, 2, 3, 4]);
  });
});

describe('a worker that only seemed dead [F3]', () => {
  it('changes and says nothing when it wakes after its lease', async () => {
    const world = new WorkerWorld();
    await world.listen();
    const scanning: (() => void)[] = [];
    const zombie: WorkerProcess = await world.start({
      scan: () =>
        new Promise((resolve) =>
          scanning.push(() => {
            resolve({ kind: 'scanned', judgement: 'QUALITY', reason: 'the zombie', counts });
          }),
        ),
    });
    await world.publish(world.created('passes'));
    await world.until(() => scanning.length === 1);
    const heir = await world.start(script());
    zombie.stall();
    await world.clock.advance(12_000);
    expect(ends(world.told)).toMatchObject([{ type: 'SubTaskCompleted', data: { attempt: 2 } }]);
    const before = world.told.length;
    scanning[0]?.();
    zombie.resume();
    await finish(world);
    expect(world.told.slice(before)).toEqual([]);
    expect((await world.runs())[0]).toMatchObject({ state: 'DONE', attempt: 2 });
    expect(heir.dead).toBe(false);
  });
});
