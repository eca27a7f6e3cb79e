/** What happens to rounds besides their normal course: late facts, cancels, rescans, facts about nothing. In virtual time. */
import { makeFact, RescanRequested, CancelRequested, MainTaskCreated } from '@tributary/facts';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { completed, failed, started, uploaded, declined, progressed } from './testing/gate-facts';
import { type Process, VirtualWorld } from './testing/virtual-world';

const windows = { participationMs: 2_000, gapMs: 500, deadlineMs: 20_000, graceMs: 3_600_000 };

describe('a round', () => {
  let world: VirtualWorld;
  let process: Process;
  beforeEach(async () => {
    world = new VirtualWorld();
    process = await world.start();
  });
  afterEach(async () => {
    await world.end();
  });

  const ask = { taskId: 't1', by: 'somebody', announced: true };
  const closedRound = async (changes: object = {}): Promise<void> => {
    await world.tell(uploaded('t1', { ...windows, ...changes }), started('t1', 'SQL'), completed('t1', 'SQL'));
    await world.pass(2_600);
    expect(await world.verdict('t1')).toMatchObject({ status: 'SUCCESS', revision: 1 });
  };
  const types = async (taskId = 't1'): Promise<string[]> => (await world.memory.facts(taskId, 0, 1_000)).map(({ fact }) => fact.type);

  it('[I6] amends within the grace, not after it', async () => {
    await closedRound({ late: 'amend' });
    await world.tell(failed('t1', 'LATE_ONE'));
    expect(await world.verdict('t1')).toMatchObject({ status: 'PARTIAL_SUCCESS', revision: 2 });
    await world.pass(3_600_000);
    await world.tell(failed('t1', 'LATER'));
    expect((await world.find('t1')).task.revision).toBe(2);
    expect((await world.memory.facts('t1', 0, 100)).filter(({ late }) => late)).toHaveLength(2);
  });

  it('[I6] makes one revision of all late facts of a batch, and none of those that decide nothing', async () => {
    await closedRound({ late: 'amend' });
    await world.tell(declined('t1', 'EXCEL'), progressed('t1', 'SQL', 5));
    expect((await world.find('t1')).task.revision).toBe(1);
    const facts = [started('t1', 'A'), failed('t1', 'A'), completed('t1', 'B')];
    await world.tell(...facts);
    expect((await world.find('t1')).task.revision).toBe(2);
    const told = (await world.memory.facts('t1', 0, 100)).find(({ fact }) => fact.type === 'MainTaskReconverged')!;
    expect([told.fact.data['because'], told.fact.data['causes']]).toEqual(['LATE_FACTS', facts.map(({ id }) => id)]);
    expect(told.fact.causedby).toBe(facts.at(-1)!.id);
  });

  it('[I6] amends the newest round only, and none while another is open', async () => {
    await closedRound({ late: 'amend' });
    await process.coordinator.requests.rescan(ask);
    await world.pass(5);
    await world.tell(failed('t1', 'LATE_ONE', { round: 1 }));
    expect((await world.find('t1')).task.revision).toBe(1);
    await world.pass(3_000);
    expect(await world.verdict('t1')).toMatchObject({ revision: 2, round: 2, status: 'FAILED' });
    await world.tell(failed('t1', 'LATE_TWO', { round: 1 }));
    expect((await world.find('t1')).task.revision).toBe(2);
  });

  it('[C-10] a cancel closes at once; the verdict is CANCELLED, one, with its reason recorded', async () => {
    await world.tell(uploaded('t1', windows), started('t1', 'SQL'));
    await process.coordinator.requests.cancel({ ...ask, reason: '误传' });
    await process.coordinator.requests.cancel(ask);
    await world.pass(10);
    expect(await world.verdict('t1')).toMatchObject({ status: 'CANCELLED', revision: 1, explanation: { rule: { id: 'CANCELLED' } } });
    expect((await types()).filter((type) => type === 'CancelRequested')).toHaveLength(1);
    await expect(process.coordinator.requests.cancel(ask)).rejects.toMatchObject({ status: 409, code: 'WINDOW_CLOSED' });
    // Late facts of a cancelled round are recorded, and that is all.
    await world.tell(completed('t1', 'SQL'));
    expect((await world.find('t1')).task).toMatchObject({ status: 'CANCELLED', revision: 1 });
  });

  it('[C-10] a cancel waits for the upload that it has overtaken, and wins; one of nothing is 404', async () => {
    await process.coordinator.requests.cancel(ask);
    await world.pass(60_000);
    expect((await world.find('t1')).task.created).toBeUndefined();
    await world.tell(completed('t1', 'SQL'), uploaded('t1', windows));
    await world.pass(10);
    expect(await world.verdict('t1')).toMatchObject({ status: 'CANCELLED' });
    await expect(process.coordinator.requests.cancel({ ...ask, taskId: 't2', announced: false })).rejects.toMatchObject({ status: 404 });
    await expect(process.coordinator.requests.rescan({ ...ask, taskId: 't2', announced: false })).rejects.toMatchObject({ status: 404 });
  });

  it('a cancel that the platform has told directly counts as well', async () => {
    await world.tell(uploaded('t1', windows));
    await world.tell(
      makeFact(CancelRequested, {
        id: v7(),
        source: '/tributary/gateway',
        subject: 't1',
        time: new Date(world.now).toISOString(),
        data: { taskId: 't1', by: 'x' },
      }),
    );
    await world.pass(10);
    expect(await world.verdict('t1')).toMatchObject({ status: 'CANCELLED' });
  });

  it('[C-08] a rescan is 409 before the upload is known, while a round is open, and while another is on its way', async () => {
    const { requests } = process.coordinator;
    await expect(requests.rescan(ask)).rejects.toMatchObject({ status: 409, code: 'ROUND_OPEN' });
    await world.tell(uploaded('t1', windows));
    await expect(requests.rescan(ask)).rejects.toMatchObject({ status: 409 });
    await world.pass(3_000);
    expect(await requests.rescan(ask)).toMatchObject({ round: 2, replayed: false, task: { lastRound: 2, status: 'FAILED' } });
    await expect(requests.rescan(ask)).rejects.toMatchObject({ status: 409 });
  });

  it('[C-08] a rescan that is cancelled before its window has opened leaves the verdict standing', async () => {
    await closedRound();
    await process.coordinator.requests.rescan(ask);
    await process.coordinator.requests.cancel(ask);
    await world.pass(3_000);
    const { task, windows: records } = await world.find('t1');
    expect([task.status, task.revision, task.round]).toEqual(['SUCCESS', 1, 1]);
    expect(records[1]!.closed).toMatchObject({ by: 'CANCELLED' });
    expect((await types()).slice(-1)).toEqual(['WindowClosed']);
    expect(await process.coordinator.requests.rescan(ask)).toMatchObject({ round: 3 });
  });

  it('[C-08 E-044] a rescan that is asked for again with its key opens no second round: not before it has opened, not after its verdict', async () => {
    await closedRound();
    const { requests } = process.coordinator;
    const keyed = { ...ask, idempotencyKey: 'k1' };
    expect(await requests.rescan(keyed)).toMatchObject({ round: 2, replayed: false });
    expect(await requests.rescan(keyed)).toMatchObject({ round: 2, replayed: true });
    await world.pass(3_000);
    expect(await world.verdict('t1')).toMatchObject({ revision: 2 });
    expect(await requests.rescan(keyed)).toMatchObject({ round: 2, replayed: true });
    expect((await types()).filter((type) => type === 'RescanRequested')).toHaveLength(1);
    expect(await requests.rescan({ ...ask, idempotencyKey: 'k2' })).toMatchObject({ round: 3, replayed: false });
  });

  it('facts of a round that does not exist are dead letters; so are facts that only the coordinator may tell', async () => {
    await closedRound();
    await world.tell(completed('t1', 'SQL', { round: 2 }), completed('t2', 'SQL', { round: 2 }));
    const at = { source: '/tributary/coordinator', subject: 't1', time: new Date(world.now).toISOString(), id: v7() };
    const invitation = (await world.memory.facts('t1', 0, 10)).find(({ fact }) => fact.type === 'MainTaskCreated')!.fact.data as MainTaskCreated['data'];
    const { context, policy } = invitation;
    await world.tell(
      makeFact(RescanRequested, { ...at, data: { taskId: 't1', round: 2, by: 'x', context, policy } }),
      makeFact(MainTaskCreated, { ...at, id: v7(), data: invitation }),
    );
    expect(world.log.deadLetters.map(({ reason }) => reason)).toEqual(['UNKNOWN_ROUND', 'UNKNOWN_ROUND', 'NOT_TOLD_HERE', 'NOT_TOLD_HERE']);
    expect((await world.find('t1')).windows).toHaveLength(1);
  });

  it('facts about a task that nobody created are kept up to a hundred, until they are old', async () => {
    await world.tell(...Array.from({ length: 103 }, (_, n) => started('ghost', `T${n}`)));
    expect(world.log.deadLetters.map(({ reason }) => reason)).toEqual(['UNKNOWN_TASK', 'UNKNOWN_TASK', 'UNKNOWN_TASK']);
    const forget = (): Promise<number> => world.database.transaction((tx) => world.memory.forgetUncreated(tx, new Date(world.now - 86_400_000).toISOString()));
    expect(await forget()).toBe(0);
    await world.pass(86_400_001);
    expect(await forget()).toBe(1);
    expect(await world.memory.facts('ghost', 0, 10)).toEqual([]);
    await world.tell(uploaded('ghost', windows));
    await world.pass(2_600);
    expect(await world.verdict('ghost')).toMatchObject({ status: 'FAILED' });
  });

  it('[I18] a flood of types and facts fills a round and no more; its verdict still fits into a fact', async () => {
    await world.tell(uploaded('t1', windows));
    const reason = '"理由"'.repeat(200);
    const names = Array.from({ length: 260 }, (_, n) => `TYPE_${String(n).padEnd(55, 'X')}`);
    await world.tell(...names.map((name) => failed('t1', name, { reason })));
    await world.pass(21_000);
    expect(await world.verdict('t1')).toMatchObject({ status: 'FAILED' });
    expect((await world.verdict('t1'))!.joinedTypes).toHaveLength(256);
    expect(new Set(world.log.deadLetters.map(({ reason: code }) => code))).toEqual(new Set(['ROUND_FULL']));
    expect(await types().then((all) => all.at(-1))).toBe('MainTaskConverged');
    expect(world.troubles).toEqual([]);
  }, 60_000);

  it('one id in two tasks is two facts', async () => {
    const [a, b] = [started('t1', 'SQL'), completed('t1', 'SQL')];
    // Both in one shard, where a batch takes them together.
    const { task } = await (async () => {
      await world.tell(uploaded('t1', windows));
      return await world.find('t1');
    })();
    const twin = await twinOf(world, task.partition);
    await world.tell(uploaded(twin, windows), a, b, { ...started(twin, 'SQL'), id: a.id }, { ...completed(twin, 'SQL'), id: b.id });
    for (const taskId of ['t1', twin])
      expect((await types(taskId)).filter((type) => type.startsWith('SubTask'))).toEqual(['SubTaskStarted', 'SubTaskCompleted']);
  });

  it('[Z-014] a type that nobody has heard of is worth as much as any other', async () => {
    let n = 0;
    const aType = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,63}$/);
    await fc.assert(
      fc.asyncProperty(aType, aType, async (one, other) => {
        fc.pre(one !== other);
        const taskId = `random-${n++}`;
        await world.tell(uploaded(taskId, windows), started(taskId, one), declined(taskId, other), completed(taskId, one));
        await world.pass(2_600);
        expect(await world.verdict(taskId)).toMatchObject({ status: 'SUCCESS', joinedTypes: [one] });
      }),
      { numRuns: 20 },
    );
  }, 20_000);
});

async function twinOf(world: VirtualWorld, partition: number): Promise<string> {
  for (let n = 0; ; n++) {
    await world.tell(started(`twin-${n}`, 'SQL'));
    if ((await world.find(`twin-${n}`)).task.partition === partition) {
      await world.database.transaction((tx) => world.memory.forgetUncreated(tx, '9999-01-01T00:00:00.000Z'));
      return `twin-${n}`;
    }
  }
}
