/** The clock of a window, sentence by sentence: it stands still while nobody watches it. */
import { started, completed, declined, uploaded } from './testing/gate-facts';
import { heartbeatMs, type Process, VirtualWorld } from './testing/virtual-world';

const windows = { participationMs: 10_000, gapMs: 2_000, deadlineMs: 60_000 };
const ms = (text: string): number => Date.parse(text);

describe("a window's clock", () => {
  let world: VirtualWorld;
  let first: Process;
  beforeEach(async () => {
    world = new VirtualWorld();
    first = await world.start();
  });
  afterEach(async () => {
    await world.end();
  });

  const open = async (taskId = 't1'): Promise<void> => {
    await world.tell(uploaded(taskId, windows));
  };
  const watched = async (taskId = 't1'): Promise<number> => (await world.find(taskId)).watch!.watchMs;
  /** What the API promises about a window, exactly: it is the same before and after every pause. */
  const expectExactly = async (taskId = 't1'): Promise<void> => {
    const { openedAt, participationEndsAt, deadlineAt, pausedMs } = (await world.window(taskId)) as {
      openedAt: string;
      participationEndsAt: string;
      deadlineAt: string;
      pausedMs: number;
    };
    expect(ms(participationEndsAt)).toBe(ms(openedAt) + windows.participationMs + pausedMs);
    expect(ms(deadlineAt)).toBe(ms(openedAt) + windows.deadlineMs + pausedMs);
  };

  it('runs like any other while it is watched: closes when participation and gap are over, not a millisecond earlier', async () => {
    await open();
    const { openedAt, participationEndsAt } = await world.window('t1');
    await world.pass(ms(participationEndsAt) - world.now - 1);
    expect(await world.verdict('t1')).toBeUndefined();
    await world.pass(2);
    expect(await world.verdict('t1')).toMatchObject({ status: 'FAILED', revision: 1 });
    const { closedAt, pausedMs } = await world.window('t1');
    expect([ms(closedAt) - ms(openedAt), pausedMs]).toEqual([windows.participationMs, 0]);
  });

  it('(1) is kept per shard, and tasks keep watch times: wall times are derived when read and frozen when it closes', async () => {
    await open();
    await world.pass(3_000);
    const { task, windows: records } = await world.find('t1');
    expect(records[0]!.dueWatchMs).toBe(records[0]!.opened!.watchMs + windows.participationMs);
    expect(task.partition).toBe(records[0]!.partition);
    await expectExactly();
    await world.pass(8_000);
    const closed = (await world.find('t1')).windows[0]!.closed!;
    const before = await world.window('t1');
    await world.pass(100_000);
    expect(await world.window('t1')).toEqual(before);
    expect(closed.pausedMs).toBe(0);
  });

  it('(2) an owner that was suspended for longer than two beats, and that nobody replaced, counts it as a pause', async () => {
    await open();
    await world.pass(3_000);
    const before = await watched();
    first.suspended = true;
    await world.pass(3_600_000);
    first.suspended = false;
    await world.pass(10);
    const after = await world.find('t1');
    expect(after.watch!.watchMs - before).toBeLessThanOrEqual(heartbeatMs + 10);
    expect(after.watch!.pausedMs).toBeGreaterThanOrEqual(3_600_000 - heartbeatMs);
    expect(await world.verdict('t1')).toBeUndefined();
    await expectExactly();
  });

  it('(2) a stop of up to two beats is no pause', async () => {
    await open();
    await world.pass(3_000);
    first.suspended = true;
    await world.pass(heartbeatMs - 10);
    first.suspended = false;
    await world.pass(heartbeatMs);
    expect((await world.window('t1'))['pausedMs']).toBe(0);
  });

  it('(3) stands while the bus is away, although the coordinator lives; nothing closes, and participation begins anew', async () => {
    await open();
    await world.pass(3_000);
    world.busAway(true);
    await world.pass(600_000);
    expect(await world.verdict('t1')).toBeUndefined();
    const { watch } = await world.find('t1');
    expect(watch!.watchMs).toBeLessThan(3_000 + 3 * heartbeatMs);
    world.busAway(false);
    await world.pass(2 * heartbeatMs);
    await expectExactly();
    const { participationEndsAt } = await world.window('t1');
    expect(ms(participationEndsAt) - world.now).toBeGreaterThan(windows.participationMs - 3 * heartbeatMs);
    await world.tell(started('t1', 'SQL'), completed('t1', 'SQL'));
    await world.pass(windows.participationMs + 100);
    expect(await world.verdict('t1')).toMatchObject({ status: 'SUCCESS' });
  });

  it('(3) stands while the bus is away, also when it comes back within two beats of the last one', async () => {
    await open();
    await world.pass(3_000);
    world.busAway(true);
    await world.pass(1_500 + 2 * heartbeatMs);
    world.busAway(false);
    await world.pass(heartbeatMs);
    expect((await world.window('t1'))['pausedMs']).toBeGreaterThan(0);
    await expectExactly();
  });

  it('(3) nothing that is due closes while the bus is away', async () => {
    await open();
    await world.tell(started('t1', 'SQL'), completed('t1', 'SQL'));
    await world.pass(9_990);
    world.busAway(true);
    await world.pass(60_000);
    expect(await world.verdict('t1')).toBeUndefined();
    world.busAway(false);
    await world.pass(2 * heartbeatMs + windows.participationMs);
    expect(await world.verdict('t1')).toMatchObject({ status: 'SUCCESS' });
  });

  it('(3) a window opens when its invitation is on the bus, not when it is recorded', async () => {
    await open();
    const { windows: records } = await world.find('t1');
    const invitation = (await world.memory.facts('t1', 0, 10)).find(({ fact }) => fact.type === 'MainTaskCreated')!;
    expect(records[0]!.openedBy).toBe(invitation.fact.id);
  });

  it('(4) after a takeover it goes on from where it stood: what the crash cost is at most a beat, and the gap is a pause', async () => {
    await open();
    await world.tell(started('t1', 'SQL'));
    await world.pass(20_000);
    const before = await watched();
    await world.kill(first);
    await world.pass(300_000);
    await world.start();
    const after = await world.find('t1');
    expect(before - after.watch!.watchMs).toBeLessThanOrEqual(heartbeatMs);
    expect(before - after.watch!.watchMs).toBeGreaterThanOrEqual(0);
    expect(after.watch!.pausedMs).toBeGreaterThanOrEqual(300_000);
    await expectExactly();
    await world.pass(windows.deadlineMs - 20_000 - 100);
    expect(await world.verdict('t1')).toBeUndefined();
    await world.pass(heartbeatMs + 200);
    expect(await world.verdict('t1')).toMatchObject({ status: 'PARTIAL_SUCCESS' });
  });

  it('(4) a release in good order loses nothing', async () => {
    await open();
    await world.tell(started('t1', 'SQL'));
    await world.pass(20_333);
    const before = await watched();
    await world.stop(first);
    const reading = (await world.find('t1')).watch!;
    expect(reading.watchMs).toBe(before);
    await world.start();
    const { windows: records, watch } = await world.find('t1');
    expect([watch!.watchMs - before, watch!.pausedMs]).toEqual([0, 0]);
    expect(records[0]!.opened!.pausedBeforeMs).toBe(0);
  });

  it('(5) a zombie moves no clock and closes nothing', async () => {
    await open();
    await world.pass(9_000);
    // Its heir takes over while it sleeps; then it wakes up, long after the window would have been due.
    first.suspended = true;
    await world.database.transaction((tx) =>
      world.memory
        .takeOver(
          tx,
          Array.from({ length: 12 }, (_, partition) => ({ partition, epoch: 1_000 })),
          500,
        )
        .then(() => undefined),
    );
    await world.pass(5_000);
    const before = await world.find('t1');
    first.suspended = false;
    await world.pass(120_000);
    const after = await world.find('t1');
    expect(after.windows).toEqual(before.windows);
    expect(await world.verdict('t1')).toBeUndefined();
    expect(first.coordinator.openWindows).toBe(0);
  });

  it('(6) after a pause, windows still in participation begin it anew, the others do not; both stay exact', async () => {
    await open('old');
    await world.tell(started('old', 'SQL'));
    await world.pass(15_000);
    await open('young');
    await world.pass(4_000);
    const [oldBefore, youngBefore] = [await world.window('old'), await world.window('young')];
    first.suspended = true;
    await world.pass(100_000);
    first.suspended = false;
    await world.pass(1);
    const [oldAfter, youngAfter] = [await world.window('old'), await world.window('young')];
    for (const [taskId, before, after] of [
      ['old', oldBefore, oldAfter],
      ['young', youngBefore, youngAfter],
    ] as const) {
      expect(after['openedAt']).toBe(before['openedAt']);
      await expectExactly(taskId);
    }
    expect(ms(youngAfter['participationEndsAt'])).toBe(world.now - 1 + windows.participationMs);
    expect(oldAfter['pausedMs']).toBeLessThanOrEqual(100_001 + heartbeatMs);
    expect(oldAfter['pausedMs']).toBeGreaterThan(100_000 - 2 * heartbeatMs);
    // And again, a second pause during the second beginning.
    await world.pass(3_000);
    first.suspended = true;
    await world.pass(50_000);
    first.suspended = false;
    await world.pass(1);
    await expectExactly('young');
    expect(ms((await world.window('young'))['participationEndsAt'])).toBe(world.now - 1 + windows.participationMs);
    await world.pass(windows.participationMs);
    const closed = await world.window('young');
    expect(ms(closed['closedAt'])).toBe(ms(closed['participationEndsAt']));
    expect((await world.verdict('young'))!.explanation.closed.because.pausedMs).toBe(closed['pausedMs']);
  });

  it.each(['kill', 'bus', 'suspend'] as const)(
    'nobody is judged NO_PARTICIPANTS after an outage (%s) if workers come back later than the coordinator',
    async (how) => {
      for (let n = 0; n < 20; n++) {
        await open(`t${n}`);
        await world.pass(450);
      }
      if (how === 'kill') await world.kill(first);
      if (how === 'bus') world.busAway(true);
      if (how === 'suspend') first.suspended = true;
      await world.pass(how === 'bus' ? 300_000 : 3_600_000);
      if (how === 'kill') await world.start();
      world.busAway(false);
      first.suspended = how === 'kill';
      // The workers take nine seconds more.
      await world.pass(9_000 - heartbeatMs);
      for (let n = 0; n < 20; n++) await world.tell(declined(`t${n}`, 'EXCEL'), started(`t${n}`, 'SQL'), completed(`t${n}`, 'SQL'));
      await world.pass(20_000);
      for (let n = 0; n < 20; n++) expect([n, (await world.verdict(`t${n}`))?.status]).toEqual([n, 'SUCCESS']);
    },
  );

  it('[I5 I10] whatever happens to it, it ends; never early, at most a second of watch time late', async () => {
    await open();
    await world.tell(started('t1', 'SQL'));
    // Once participation is over, no pause begins anything anew.
    await world.pass(windows.participationMs);
    let process = first;
    for (let n = 0; n < 30 && !(await world.verdict('t1')); n++) {
      await world.pass(4_700);
      if (n % 3 === 0) {
        await world.kill(process);
        await world.pass(7_000);
        process = await world.start();
      } else if (n % 3 === 1) {
        world.busAway(true);
        await world.pass(9_000);
        world.busAway(false);
      }
    }
    const { windows: records } = await world.find('t1');
    const [{ opened, closed }] = [records[0]!];
    const verdict = (await world.verdict('t1'))!;
    expect(verdict.status).toBe('PARTIAL_SUCCESS');
    const watchedMs = ms(closed!.at) - ms(opened!.at) - closed!.pausedMs;
    expect(watchedMs).toBeGreaterThanOrEqual(windows.deadlineMs);
    expect(watchedMs).toBeLessThanOrEqual(windows.deadlineMs + 1_000);
  });
});
