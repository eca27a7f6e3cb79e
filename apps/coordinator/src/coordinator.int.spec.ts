import { type Fact, partitionOf } from '@tributary/facts';
import { testPostgres } from '@tributary/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { completed, declined, failed, progressed, started, uploaded } from './testing/gate-facts';
import { aPostgresGate, heartbeatMs, type PostgresGate, type Replica } from './testing/postgres-gate';
import { taskDocument } from './task-document';

const windows = { participationMs: 400, gapMs: 150, deadlineMs: 2_000 };
const ms = (text: string): number => Date.parse(text);

afterAll(async () => {
  await (await testPostgres()).stop();
});

describe('the coordinator on PostgreSQL', () => {
  let gate: PostgresGate;
  beforeEach(async () => {
    gate = await aPostgresGate();
  });
  afterEach(async () => {
    await gate.end();
  });

  const told = async (type: string): Promise<Fact[]> =>
    (await gate.database.query<{ body: string }>(`SELECT body FROM bus.fact_log WHERE topic = 'gate.facts' ORDER BY position`))
      .map(({ body }) => JSON.parse(body) as Fact)
      .filter((fact) => fact.type === type);
  /** Its window is open, and everybody who was to come has come. */
  const opened = async (taskId: string, facts: number): Promise<void> => {
    for (const until = Date.now() + 10_000; Date.now() < until;) {
      const found = await gate.memory.find(taskId);
      if (found?.windows[0]?.opened && found.task.sequence >= facts) return;
      await sleep(10);
    }
    throw new Error(`the window of ${taskId} does not open`);
  };
  /** Ledger, log and verdicts agree, and every verdict is there once. */
  const expectOnce = async (ids: readonly string[]): Promise<void> => {
    expect((await told('MainTaskConverged')).map(({ subject }) => subject).sort()).toEqual([...ids].sort());
    expect((await told('WindowClosed')).map(({ subject }) => subject).sort()).toEqual([...ids].sort());
    const rows = await gate.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ledger WHERE fact ->> 'type' IN ('MainTaskConverged', 'WindowClosed') GROUP BY task_id`,
    );
    expect(rows.map(({ count }) => count)).toEqual(ids.map(() => 2));
    expect(await gate.database.query('SELECT 1 FROM round_window WHERE due_watch_ms IS NOT NULL')).toEqual([]);
  };

  it('[Z-020 Z-031 I10] converges to SUCCESS after participation and gap, and the cutoff is the ledger position right before the close', async () => {
    const { troubles } = await gate.start();
    await gate.tell(uploaded('t1', windows), started('t1', 'FOO_9'), declined('t1', 'BAR'), completed('t1', 'FOO_9'));
    const task = await gate.verdict('t1');
    expect(task).toMatchObject({ status: 'SUCCESS', observedTypes: ['FOO_9'], window: { closedBy: 'QUIET', pausedMs: 0 } });
    expect(ms(task.window.closedAt)).toBeGreaterThanOrEqual(ms(task.window.participationEndsAt));
    const entries = await gate.memory.facts('t1', 0, 100);
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, n) => n + 1));
    const [close] = entries.filter(({ fact }) => fact.type === 'WindowClosed');
    expect(close!.fact.data).toMatchObject({ cutoff: close!.sequence - 1 });
    expect(entries.at(-1)!.fact.type).toBe('MainTaskConverged');
    expect(troubles).toEqual([]);
    await expectOnce(['t1']);
  });

  it('[Z-030 Z-032] nobody came: FAILED; somebody is unfinished at the deadline: PARTIAL_SUCCESS', async () => {
    await gate.start();
    await gate.tell(uploaded('t1', windows), uploaded('t2', windows), started('t2', 'SLOW'));
    expect(await gate.verdict('t1')).toMatchObject({ status: 'FAILED' });
    expect(await gate.verdict('t2')).toMatchObject({ status: 'PARTIAL_SUCCESS', window: { closedBy: 'DEADLINE' } });
  });

  it('[I6 Z-049] late facts amend, a rescan gives a new revision, each once', async () => {
    const { coordinator } = await gate.start();
    await gate.tell(uploaded('t1', { ...windows, late: 'amend' }), started('t1', 'SQL'), completed('t1', 'SQL'));
    await gate.verdict('t1');
    const late = failed('t1', 'TARDY');
    await gate.tell(late, late);
    expect(await gate.verdict('t1', 2)).toMatchObject({ status: 'PARTIAL_SUCCESS', round: 1 });
    await coordinator.requests.rescan({ taskId: 't1', by: 'me', announced: true });
    await gate.tell(started('t1', 'SQL', { round: 2 }), completed('t1', 'SQL', { round: 2 }));
    expect(await gate.verdict('t1', 3)).toMatchObject({ status: 'SUCCESS', round: 2 });
    expect((await told('MainTaskReconverged')).map(({ data }) => data['because'])).toEqual(['LATE_FACTS', 'RESCAN']);
  });

  it('[I1] two replicas settle each of a hundred tasks once', async () => {
    const replicas = [await gate.start(), await gate.start()];
    const ids = Array.from({ length: 100 }, (_, n) => `task-${n}`);
    await gate.tell(...ids.flatMap((id) => [uploaded(id, windows), started(id, 'SQL')]));
    await gate.tell(...ids.map((id) => completed(id, 'SQL')));
    for (const id of ids) expect(await gate.verdict(id)).toMatchObject({ status: 'SUCCESS' });
    await expectOnce(ids);
    for (const { troubles } of replicas) expect(troubles).toEqual([]);
  });

  it('[I1 I5 F1] one of two is killed mid-window: the other closes everything, once, and counts the gap as a pause', async () => {
    const [first] = [await gate.start(), await gate.start()];
    const ids = Array.from({ length: 40 }, (_, n) => `task-${n}`);
    await gate.tell(...ids.flatMap((id) => [uploaded(id, windows), started(id, 'SQL')]));
    await sleep(150);
    await first.kill();
    await gate.tell(...ids.map((id) => completed(id, 'SQL')));
    for (const id of ids) expect(await gate.verdict(id)).toMatchObject({ status: 'SUCCESS' });
    await expectOnce(ids);
    for (const id of ids) {
      const { window } = taskDocument((await gate.memory.find(id))!) as {
        window: { openedAt: string; closedAt: string; participationEndsAt: string; pausedMs: number };
      };
      expect(ms(window.participationEndsAt)).toBe(ms(window.openedAt) + windows.participationMs + window.pausedMs);
      expect(ms(window.closedAt)).toBeGreaterThanOrEqual(ms(window.participationEndsAt));
    }
  });

  it('[I1 F1] replicas are killed and started again and again: every task still converges once', async () => {
    let running: Replica = await gate.start();
    const ids = Array.from({ length: 60 }, (_, n) => `task-${n}`);
    for (let n = 0; n < ids.length; n += 20) {
      await gate.tell(...ids.slice(n, n + 20).flatMap((id) => [uploaded(id, windows), started(id, 'SQL'), completed(id, 'SQL')]));
      const heir = await gate.start();
      await sleep(37 * (1 + n / 20));
      await running.kill();
      running = heir;
    }
    for (const id of ids) expect(await gate.verdict(id)).toMatchObject({ status: 'SUCCESS' });
    await expectOnce(ids);
  });

  it('[I5] a steady stream of facts does not keep a due window open: the end was captured once', async () => {
    await gate.start();
    await gate.tell(uploaded('t1', windows), started('t1', 'SQL'));
    const stream = new AbortController();
    const streaming = (async () => {
      for (let n = 0; !stream.signal.aborted; n++) await gate.tell(progressed('t1', 'SQL', n), declined('t1', `D${n}`));
    })();
    const task = await gate.verdict('t1');
    stream.abort();
    await streaming;
    expect(task.window.closedBy).toBe('DEADLINE');
    expect(ms(task.window.closedAt) - ms(task.window.deadlineAt)).toBeLessThan(1_000);
  });

  it('a window with a parked fact of its key waits for it; its neighbour of the same shard does not', async () => {
    const replica = await gate.start();
    // Makes the handler fail for one fact, until it is lifted.
    await gate.database.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'held'; END $$`);
    await gate.database.query(
      `CREATE TRIGGER hold BEFORE INSERT ON ledger FOR EACH ROW WHEN (NEW.task_id = 't1' AND NEW.fact ->> 'type' = 'SubTaskCompleted') EXECUTE FUNCTION hold()`,
    );
    const neighbour = neighbourOf('t1');
    await gate.tell(uploaded('t1', windows), started('t1', 'SQL'), completed('t1', 'SQL'), uploaded(neighbour, windows));
    await gate.verdict(neighbour);
    expect((await gate.memory.find('t1'))!.task.revision).toBe(0);
    await gate.database.query('DROP TRIGGER hold ON ledger');
    expect(await gate.verdict('t1')).toMatchObject({ status: 'SUCCESS', window: { closedBy: 'QUIET' } });
    expect(replica.troubles.map(String).every((text) => text.includes('held'))).toBe(true);
  });

  it('[I9] a window whose close fails is tried again, and holds up no other', async () => {
    const { troubles } = await gate.start();
    await gate.database.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'held'; END $$`);
    await gate.database.query(`CREATE TRIGGER hold BEFORE INSERT ON verdict FOR EACH ROW WHEN (NEW.task_id = 't1') EXECUTE FUNCTION hold()`);
    const neighbour = neighbourOf('t1');
    await gate.tell(...['t1', neighbour, 'else'].flatMap((id) => [uploaded(id, windows), started(id, 'SQL'), completed(id, 'SQL')]));
    await gate.verdict(neighbour);
    await gate.verdict('else');
    expect(troubles.length).toBeGreaterThan(0);
    expect((await gate.memory.find('t1'))!.task.revision).toBe(0);
    await gate.database.query('DROP TRIGGER hold ON verdict');
    expect(await gate.verdict('t1')).toMatchObject({ status: 'SUCCESS' });
    await expectOnce(['t1', neighbour, 'else']);
  });

  it('[F3] a zombie, replaced while it holds its windows, closes nothing; its heir does, and later', async () => {
    await gate.start();
    await gate.tell(uploaded('t1', windows), started('t1', 'SQL'), completed('t1', 'SQL'));
    await opened('t1', 4);
    // What a takeover does to the clocks; nobody closes until the bus, too, has noticed.
    await gate.database.query('UPDATE watch SET epoch = epoch + 1000');
    await sleep(1_500);
    expect((await gate.memory.find('t1'))!.task.revision).toBe(0);
    expect(await told('WindowClosed')).toEqual([]);
    await gate.database.query('UPDATE watch SET epoch = epoch - 1000');
    await gate.start();
    expect(await gate.verdict('t1')).toMatchObject({ status: 'SUCCESS' });
  });

  it('[F5] a log that cannot be read closes nothing, whatever the time', async () => {
    await gate.start();
    await gate.tell(uploaded('t1', windows), started('t1', 'SQL'), completed('t1', 'SQL'));
    await opened('t1', 4);
    await gate.database.query('ALTER TABLE bus.fact_log RENAME TO fact_log_away');
    await sleep(3 * heartbeatMs);
    expect((await gate.memory.find('t1'))!.task.revision).toBe(0);
    await gate.database.query('ALTER TABLE bus.fact_log_away RENAME TO fact_log');
    expect(await gate.verdict('t1')).toMatchObject({ status: 'SUCCESS' });
  });

  it('a release in good order hands windows over without a pause', async () => {
    const first = await gate.start();
    await gate.tell(uploaded('t1', { ...windows, participationMs: 1_500 }));
    await opened('t1', 2);
    const next = await gate.start();
    await first.stop();
    expect(await gate.verdict('t1')).toMatchObject({ status: 'FAILED' });
    const { windows: records } = (await gate.memory.find('t1'))!;
    expect(records[0]!.opened!.pausedBeforeMs).toBe(0);
    expect(records[0]!.closed!.pausedMs).toBeLessThan(500);
    expect(next.troubles).toEqual([]);
  });
});

/** Another task of the same partition. */
function neighbourOf(taskId: string): string {
  for (let n = 0; ; n++) if (partitionOf(`n${n}`, 12) === partitionOf(taskId, 12)) return `n${n}`;
}
