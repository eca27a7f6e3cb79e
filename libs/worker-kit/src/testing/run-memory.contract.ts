/** What every memory of runs must do, wherever the rows lie. Each adapter's test calls `aRunMemory` with a world of its own. */
import { type Database, type Transaction } from '@tributary/persistence';
import { v7 } from 'uuid';
import { keyOf, type ClaimedRun } from '../runs/run';
import { type Change, type RunMemory } from '../runs/run.memory';
import { aCandidate } from './a-run';

export interface RunMemoryWorld {
  readonly memory: RunMemory;
  readonly database: Database;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
  end(): Promise<void>;
}

const leaseMs = 300;

export function aRunMemory(name: string, makeWorld: () => Promise<RunMemoryWorld>): void {
  describe(`[Z-004 Z-005] ${name}`, () => {
    let world: RunMemoryWorld;
    const [me, other] = [v7(), v7()];
    const inside = <R>(work: (memory: RunMemory, tx: Transaction) => Promise<R>): Promise<R> => world.database.transaction((tx) => work(world.memory, tx));
    const add = (...taskIds: string[]): Promise<number> =>
      inside((memory, tx) =>
        memory.add(
          tx,
          taskIds.map((taskId) => aCandidate(taskId)),
        ),
      );
    const claim = (owner = me, limit = 10): Promise<readonly ClaimedRun[]> => inside((memory, tx) => memory.claim(tx, { owner, limit, leaseMs }));
    const claimed = async (owner = me): Promise<ClaimedRun> => {
      const [run, ...more] = await claim(owner);
      if (!run || more.length > 0) throw new Error(`${more.length + (run ? 1 : 0)} runs instead of one`);
      return run;
    };
    const apply = async (run: ClaimedRun, change: Change, owner = me): Promise<boolean> => {
      const ours = await inside((memory, tx) => memory.apply(tx, owner, leaseMs, [{ key: run, attempt: run.attempt, change }]));
      return ours.has(keyOf(run));
    };
    const nextDue = (owner = me): Promise<number | undefined> => inside((memory, tx) => memory.nextDue(tx, owner));
    const shown = (taskId: string) => inside(async (memory, tx) => (await memory.list(tx, { taskId, limit: 10 }))[0]);
    const close = (taskId: string, cancelled: boolean) => inside((memory, tx) => memory.close(tx, [{ tenant: 'default', taskId, round: 1, cancelled }]));

    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    it('[Z-038] makes one run of a fact told twice, and gives back what it was told', async () => {
      expect(await add('a', 'a', 'b')).toBe(2);
      expect(await add('a')).toBe(0);
      const runs = await claim();
      expect(runs.map(({ taskId }) => taskId).sort()).toEqual(['a', 'b']);
      expect(runs.find(({ taskId }) => taskId === 'a')).toMatchObject({ ...aCandidate('a'), state: 'CANDIDATE', attempt: 1, failures: 0, manifest: undefined });
    });

    it('keeps rounds, types and tenants apart', async () => {
      const several = [
        aCandidate('a'),
        aCandidate('a', { round: 2 }),
        aCandidate('a', { tenant: 'other' }),
        aCandidate('a', { subTaskType: 'OTHER', traceparent: undefined }),
      ];
      expect(await inside((memory, tx) => memory.add(tx, several))).toBe(4);
      expect(new Set((await claim()).map(keyOf)).size).toBe(4);
    });

    it('gives a run to one owner until the lease ends, and counts a lost lease as a failure', async () => {
      await add('a');
      const mine = await claimed();
      expect(await claim(other)).toEqual([]);
      expect(await nextDue(other)).toBeGreaterThan(0);
      expect(await nextDue(other)).toBeLessThanOrEqual(leaseMs);
      expect(await nextDue(me)).toBeUndefined();
      await world.pass(leaseMs + 50);
      expect(await nextDue(other)).toBe(0);
      const theirs = await claimed(other);
      expect(theirs).toMatchObject({ attempt: mine.attempt + 1, failures: 1 });
    });

    it('[F3] lets a holder who lost the run change nothing, whatever it says', async () => {
      await add('a');
      const mine = await claimed();
      await world.pass(leaseMs + 50);
      const theirs = await claimed(other);
      const changes: Change[] = [
        { kind: 'beat', underway: true },
        { kind: 'start', manifest: undefined, configRevision: 1, underway: false },
        { kind: 'end', state: 'DONE', outcome: 'PASS' },
        { kind: 'retry', afterMs: 0, outcome: 'X' },
        { kind: 'release' },
      ];
      for (const change of changes) expect(await apply(mine, change)).toBe(false);
      expect(await apply({ ...mine, attempt: theirs.attempt }, { kind: 'beat', underway: false })).toBe(false);
      expect(await shown('a')).toMatchObject({ state: 'CANDIDATE', attempt: 2, owner: other });
      expect(await apply(theirs, { kind: 'end', state: 'DONE', outcome: 'PASS' }, other)).toBe(true);
      expect(await apply(theirs, { kind: 'end', state: 'FAILED', outcome: 'X' }, other)).toBe(false);
      expect(await shown('a')).toMatchObject({ state: 'DONE', outcome: 'PASS', owner: undefined });
    });

    it('keeps what is beaten for, several at once', async () => {
      await add('a', 'b', 'c');
      const runs = await claim();
      for (let beat = 0; beat < 3; beat++) {
        await world.pass(leaseMs / 2);
        const steps = runs.slice(0, 2).map((run) => ({ key: run, attempt: run.attempt, change: { kind: 'beat', underway: true } as const }));
        expect((await inside((memory, tx) => memory.apply(tx, me, leaseMs, steps))).size).toBe(2);
      }
      expect((await claim(other)).map(keyOf)).toEqual([keyOf(runs[2]!)]);
    });

    it('remembers what was told when a run is taken over', async () => {
      await add('a');
      const manifest = { sha256: 'a'.repeat(64), format: 1 };
      expect(await apply(await claimed(), { kind: 'start', manifest, configRevision: 7, underway: true })).toBe(true);
      await world.pass(leaseMs + 50);
      expect(await claimed(other)).toMatchObject({ state: 'RUNNING', attempt: 2, failures: 1, manifest });
    });

    it('counts a lost holder as a failure once the scan has begun, and not while it waits for its turn', async () => {
      await add('a');
      const first = await claimed();
      await apply(first, { kind: 'start', manifest: undefined, configRevision: 1, underway: false });
      await apply(first, { kind: 'beat', underway: false });
      await world.pass(leaseMs + 50);
      const second = await claimed(other);
      expect(second).toMatchObject({ attempt: 2, failures: 0 });
      await apply(second, { kind: 'beat', underway: true }, other);
      await apply(second, { kind: 'beat', underway: false }, other);
      await world.pass(leaseMs + 50);
      expect(await claimed()).toMatchObject({ attempt: 3, failures: 1 });
    });

    it('frees a run that went wrong after a while, and one that is handed back at once, which is no failure', async () => {
      await add('a');
      const first = await claimed();
      await apply(first, { kind: 'retry', afterMs: 400, outcome: 'STORE_UNAVAILABLE' });
      expect(await claim()).toEqual([]);
      expect(await nextDue()).toBeGreaterThan(200);
      await world.pass(450);
      const second = await claimed();
      expect(second).toMatchObject({ attempt: 2, failures: 1 });
      await apply(second, { kind: 'release' });
      expect(await claimed()).toMatchObject({ attempt: 3, failures: 1 });
    });

    it('never gives out what has ended', async () => {
      await add('declined', 'done');
      for (const run of await claim()) await apply(run, { kind: 'end', state: run.taskId === 'done' ? 'DONE' : 'DECLINED', outcome: 'X' });
      await world.pass(leaseMs + 50);
      expect([await claim(other), await nextDue(other)]).toEqual([[], undefined]);
      expect(await add('declined')).toBe(0);
    });

    it('leaves alone what nobody started when its window closes, and lets a late scan finish', async () => {
      await add('waiting', 'running');
      for (const run of await claim())
        if (run.taskId === 'running') await apply(run, { kind: 'start', manifest: undefined, configRevision: 0, underway: true });
      expect((await close('waiting', false)).map(({ taskId }) => taskId)).toEqual(['waiting']);
      expect(await close('running', false)).toEqual([]);
      expect((await shown('running'))?.state).toBe('RUNNING');
      expect((await close('running', true)).map(({ taskId }) => taskId)).toEqual(['running']);
      expect(await close('running', true)).toEqual([]);
      expect(await shown('running')).toMatchObject({ state: 'CANCELLED', owner: undefined });
    });

    it('undoes everything with its transaction', async () => {
      await add('a');
      await expect(
        inside(async (memory, tx) => {
          await memory.add(tx, [aCandidate('b')]);
          await memory.claim(tx, { owner: me, limit: 5, leaseMs });
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect((await claim()).map(({ taskId, attempt }) => [taskId, attempt])).toEqual([['a', 1]]);
    });

    it('forgets what ended long ago, and nothing else', async () => {
      await add('old', 'open');
      for (const run of await claim()) if (run.taskId === 'old') await apply(run, { kind: 'end', state: 'DONE', outcome: 'PASS' });
      await world.pass(100);
      expect(await inside((memory, tx) => memory.prune(tx, 60_000, 10))).toBe(0);
      expect(await inside((memory, tx) => memory.prune(tx, 50, 10))).toBe(1);
      expect(await inside((memory, tx) => memory.list(tx, { limit: 10 }))).toMatchObject([{ taskId: 'open' }]);
    });

    it('[Z-039] keeps the newest configuration of each tenant', async () => {
      const save = (revision: number, tenant = 'default') =>
        inside((memory, tx) => memory.saveConfig(tx, tenant, { revision, config: { n: revision }, products: { p: { x: 1 } } }));
      expect(await inside((memory, tx) => memory.config(tx, 'default'))).toBeUndefined();
      for (const revision of [2, 3, 1]) await save(revision);
      await save(9, 'other');
      expect(await inside((memory, tx) => memory.config(tx, 'default'))).toEqual({ revision: 3, config: { n: 3 }, products: { p: { x: 1 } } });
    });
  });
}
