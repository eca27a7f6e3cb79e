/** What every memory of the coordinator keeps to. `make` gives an empty one, and a way to let time pass. */
import { builtInPolicies, makeFact, type PolicySnapshot, payloadHash, SubTaskStarted } from '@tributary/facts';
import { initialRound } from '@tributary/convergence';
import { type Transaction } from '@tributary/fact-bus';
import { v7 } from 'uuid';
import { type GateMemory, type LedgerEntry, type TaskRecord, type VerdictRecord, type WatchReading, type WindowRecord } from '../gate.memory';

export interface GateMemoryWorld {
  readonly memory: GateMemory;
  transaction<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
  elapse(milliseconds: number): Promise<void>;
  end(): Promise<void>;
}

const policy = builtInPolicies['fast'] as PolicySnapshot;
/** Gaps of the contract's clocks that are longer are pauses. */
const pauseMs = 150;

export const aTask = (taskId: string, changes: Partial<TaskRecord> = {}): TaskRecord => ({
  ...{ taskId, partition: 3, status: 'INIT', revision: 0, round: 1, lastRound: 0, sequence: 0 },
  ...changes,
});

export const created = (at: string, product = 'shop', version = '1'): NonNullable<TaskRecord['created']> => ({
  ...{ at, product, version, policy, traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  context: { filePath: 'store:tasks/t/package.zip', fileName: 'package.zip', product, version, reportPrefix: 'store:tasks/t/reports/', uploadTime: at },
});

export const aWindow = (taskId: string, changes: Partial<WindowRecord> = {}): WindowRecord => ({
  ...{ taskId, partition: 3, round: 1, state: initialRound(1) },
  ...changes,
});

const at = '2026-01-02T03:04:05.678Z';
const opened = (watchMs: number): NonNullable<WindowRecord['opened']> => ({ at, watchMs, shardPausedMs: 0, pausedBeforeMs: 0 });

export function anEntry(taskId: string, sequence: number, changes: Partial<LedgerEntry> & { readonly id?: string; readonly type?: string } = {}): LedgerEntry {
  const { id = v7(), type = 'SQL', ...rest } = changes;
  const fact = makeFact(SubTaskStarted, { id, source: '/acme/worker', subject: taskId, time: at, data: { taskId, subTaskType: type } });
  return { ...{ taskId, sequence, fact, payloadHash: payloadHash(fact), round: 1, watchMs: 7, recordedAt: at, late: false, visible: true }, ...rest };
}

export const aVerdict = (taskId: string, changes: Partial<VerdictRecord> = {}): VerdictRecord => ({
  ...{ taskId, revision: 1, round: 1, status: 'SUCCESS', canonical: '{"a":"结论"}', verdictHash: 'f'.repeat(64), product: 'shop', joinedTypes: ['SQL'], at },
  explanation: { status: 'SUCCESS', revision: 1, witness: ['x'] } as unknown as VerdictRecord['explanation'],
  ...changes,
});

export function aGateMemory(name: string, make: () => Promise<GateMemoryWorld>): void {
  describe(name, () => {
    let world: GateMemoryWorld;
    let memory: GateMemory;
    beforeEach(async () => {
      world = await make();
      ({ memory } = world);
    });
    afterEach(async () => {
      await world.end();
    });

    const shard = (partition: number, epoch: number) => [{ partition, epoch }];
    const advance = async (partition = 3, epoch = 1): Promise<WatchReading | undefined> =>
      (await world.transaction((tx) => memory.advance(tx, shard(partition, epoch), pauseMs)))[0];
    const takeOver = async (epoch: number, partition = 3): Promise<WatchReading | undefined> =>
      (await world.transaction((tx) => memory.takeOver(tx, shard(partition, epoch), pauseMs)))[0];
    const save = (tasks: readonly TaskRecord[], windows: readonly WindowRecord[] = []): Promise<void> =>
      world.transaction(async (tx) => {
        await memory.lock(tx, tasks);
        await memory.save(tx, tasks, windows);
      });
    const append = (...entries: LedgerEntry[]): Promise<void> => world.transaction((tx) => memory.append(tx, entries));

    describe('keeps clocks', () => {
      it('[I10] that begin at nothing, move by what was watched, and add up with the pauses to the time on the wall, exactly', async () => {
        const first = (await takeOver(1))!;
        expect(first).toMatchObject({ partition: 3, watchMs: 0, pausedMs: 0, afterPause: false });
        let last = first;
        for (const delay of [1, 7, 23, 60, 220, 2, 11]) {
          await world.elapse(delay);
          const next = (await advance())!;
          const gap = next.wallMs - last.wallMs;
          expect(gap).toBeGreaterThanOrEqual(Math.floor(delay) - 1);
          expect(next.watchMs + next.pausedMs - last.watchMs - last.pausedMs).toBe(gap);
          expect(next.afterPause).toBe(gap > pauseMs);
          expect(next.watchMs - last.watchMs).toBe(gap > pauseMs ? 0 : gap);
          last = next;
        }
        expect(last.wallMs - first.wallMs).toBe(last.watchMs + last.pausedMs);
        expect(last.pausedMs).toBeGreaterThanOrEqual(219);
      });

      it('that a new owner takes over as they stand: the time between is a pause', async () => {
        await takeOver(1);
        await world.elapse(40);
        const before = (await advance())!;
        await world.elapse(30);
        const soon = (await takeOver(2))!;
        expect([soon.watchMs, soon.afterPause]).toEqual([before.watchMs, false]);
        expect(soon.pausedMs).toBe(before.pausedMs + soon.wallMs - before.wallMs);
        await world.elapse(200);
        expect(await takeOver(3)).toMatchObject({ watchMs: before.watchMs, afterPause: true });
      });

      it('that nobody moves under an old epoch, and nobody takes over with one', async () => {
        await takeOver(5);
        const { watchMs } = (await advance(3, 5))!;
        expect(await advance(3, 4)).toBeUndefined();
        expect(await advance(3, 6)).toBeUndefined();
        expect(await takeOver(5)).toBeUndefined();
        expect(await takeOver(4)).toBeUndefined();
        const after = (await advance(3, 5))!;
        expect(after.watchMs + after.pausedMs).toBeGreaterThanOrEqual(watchMs);
        await takeOver(6);
        expect(await advance(3, 5)).toBeUndefined();
        expect(await advance(3, 6)).toBeDefined();
      });

      it('of many shards in one step, and says which are still ours', async () => {
        await world.transaction((tx) =>
          memory.takeOver(
            tx,
            [2, 0, 1].map((partition) => ({ partition, epoch: 1 })),
            pauseMs,
          ),
        );
        await takeOver(2, 1);
        const found = await world.transaction((tx) =>
          memory.advance(
            tx,
            [2, 1, 0, 9].map((partition) => ({ partition, epoch: 1 })),
            pauseMs,
          ),
        );
        expect(found.map(({ partition }) => partition).sort()).toEqual([0, 2]);
        expect(await world.transaction((tx) => memory.advance(tx, [], pauseMs))).toEqual([]);
      });
    });

    describe('keeps tasks', () => {
      it('makes unknown ones, answers in the order of ids, each once', async () => {
        const wanted = ['b', 'a', 'c', 'a'].map((taskId) => ({ taskId, partition: 3 }));
        const found = await world.transaction((tx) => memory.lock(tx, wanted));
        expect(found).toEqual(['a', 'b', 'c'].map((taskId) => ({ task: aTask(taskId), windows: [] })));
        expect(await memory.find('b')).toMatchObject({ task: aTask('b') });
        expect(await memory.find('nobody')).toBeUndefined();
      });

      it('gives back what was saved, field by field, with the windows of all rounds in order', async () => {
        const task = aTask('t', {
          ...{ status: 'RUNNING', revision: 2, round: 2, lastRound: 3, sequence: 17, lastFactAt: at, verdictHash: 'a'.repeat(64) },
          created: created('2026-01-02T03:04:05.000Z', '商城', '1.0 beta'),
        });
        const closed = {
          ...{ by: 'QUIET' as const, at, cutoff: 5, knownTypes: ['SQL', 'Ä'], unreachable: [], pausedMs: 12, factId: v7() },
        };
        const windows = [
          aWindow('t', { openedBy: v7(), opened: opened(10), closed, state: { round: 1, claims: {}, progress: {}, cutoff: 5 } }),
          aWindow('t', { round: 2, state: initialRound(2), openedBy: v7(), opened: opened(99), dueWatchMs: 123_456_789_012 }),
          aWindow('t', { round: 3, state: initialRound(3) }),
        ];
        await save([task], windows.toReversed());
        expect(await memory.find('t')).toEqual({ task, windows });
        expect(await world.transaction((tx) => memory.lock(tx, [task]))).toEqual([{ task, windows }]);
        // Saved again, less of it: what is absent is gone.
        const { opened: _opened, dueWatchMs: _due, ...fresh } = windows[1]!;
        await save([{ ...task, sequence: 18 }], [fresh]);
        expect((await memory.find('t'))!.windows[1]).toEqual(fresh);
        expect((await memory.find('t'))!.task.sequence).toBe(18);
      });

      it('undoes everything with its transaction', async () => {
        const failed = world.transaction(async (tx) => {
          await memory.takeOver(tx, shard(3, 1), pauseMs);
          await memory.lock(tx, [aTask('t')]);
          await memory.save(tx, [aTask('t', { sequence: 1 })], [aWindow('t')]);
          await memory.append(tx, [anEntry('t', 1)]);
          await memory.settle(tx, [aVerdict('t')]);
          throw new Error('no');
        });
        await expect(failed).rejects.toThrow('no');
        expect(await memory.find('t')).toBeUndefined();
        expect(await memory.facts('t', 0, 10)).toEqual([]);
        expect(await memory.verdict('t')).toBeUndefined();
        expect(await advance()).toBeUndefined();
      });

      it('shows the clock of its shard with a task', async () => {
        await save([aTask('t')]);
        expect((await memory.find('t'))!.watch).toBeUndefined();
        await takeOver(1);
        await world.elapse(20);
        const { watch } = (await memory.find('t'))!;
        expect(watch!.partition).toBe(3);
        expect(watch!.watchMs).toBeGreaterThanOrEqual(19);
        expect(watch!.pausedMs).toBe(0);
      });
    });

    describe('keeps windows', () => {
      it('[I10] knows the next to fall due in the shards that are asked for, the earliest first', async () => {
        const tasks = ['a', 'b', 'c', 'd'].map((taskId) => aTask(taskId));
        await save(tasks, [
          aWindow('a', { opened: opened(0), dueWatchMs: 300 }),
          aWindow('b', { opened: opened(0), dueWatchMs: 100 }),
          aWindow('c', { opened: opened(0), dueWatchMs: 200, partition: 4 }),
          aWindow('d'),
        ]);
        expect(await memory.nextDue([3], 10)).toEqual([
          { taskId: 'b', round: 1, partition: 3, dueWatchMs: 100 },
          { taskId: 'a', round: 1, partition: 3, dueWatchMs: 300 },
        ]);
        expect((await memory.nextDue([3, 4], 2)).map(({ taskId }) => taskId)).toEqual(['b', 'c']);
        expect(await memory.nextDue([], 10)).toEqual([]);
      });

      it('knows who is still in participation', async () => {
        const task = (taskId: string): TaskRecord => aTask(taskId, { created: created(at) });
        await save(
          [task('early'), task('over'), task('closed'), { ...task('elsewhere'), partition: 4 }],
          [
            aWindow('early', { opened: opened(1_000), dueWatchMs: 3_000 }),
            aWindow('over', { opened: opened(0), dueWatchMs: 9_000 }),
            aWindow('closed', { opened: opened(1_000) }),
            aWindow('elsewhere', { opened: opened(1_000), dueWatchMs: 3_000, partition: 4 }),
          ],
        );
        const find = (watchMs: number): Promise<readonly string[]> => world.transaction((tx) => memory.inParticipation(tx, 3, watchMs));
        expect(await find(1_999)).toEqual(['early', 'over']);
        expect(await find(2_000)).toEqual(['early']);
        expect(await find(2_999)).toEqual(['early']);
        expect(await find(3_000)).toEqual([]);
      });
    });

    describe('keeps the ledger', () => {
      it('in order, page by page, as it was said', async () => {
        const entries = [anEntry('t', 1), anEntry('t', 2, { late: true, watchMs: 5_000_000_000 }), anEntry('t', 3, { visible: false }), anEntry('t', 4)];
        const { round: _none, ...roundless } = anEntry('t', 5);
        await append(...entries, roundless, anEntry('other', 1));
        expect(await memory.facts('t', 0, 10)).toEqual([entries[0], entries[1], entries[3], roundless]);
        expect(await memory.facts('t', 1, 2)).toEqual([entries[1], entries[3]]);
        expect(await memory.facts('t', 5, 2)).toEqual([]);
      });

      it('[E-044 I14] refuses a place or a saying twice, and keeps a second payload under a known id', async () => {
        const id = v7();
        await append(anEntry('t', 1, { id }));
        await expect(append(anEntry('t', 1))).rejects.toThrow();
        await expect(append(anEntry('t', 2, { id }))).rejects.toThrow();
        await append(anEntry('t', 2, { id, type: 'EXCEL', visible: false }), anEntry('u', 1, { id }));
        expect(await memory.facts('t', 0, 10)).toHaveLength(1);
      });

      it('says what it holds, task by task', async () => {
        const [first, second] = [anEntry('t', 1), anEntry('u', 1)];
        await append(first, second, anEntry('t', 2));
        const marks = [
          { taskId: 't', factId: first.fact.id },
          // An id of another task's ledger is news here.
          { taskId: 't', factId: second.fact.id },
          { taskId: 'u', factId: v7() },
        ];
        const found = await world.transaction((tx) => memory.recorded(tx, marks));
        expect([...found].sort()).toEqual([`t/${first.fact.id}`, `t/${first.fact.id}:${first.payloadHash}`].sort());
        expect((await world.transaction((tx) => memory.recorded(tx, []))).size).toBe(0);
      });

      it('says what a digest covers: the round up to the cutoff, shown or not', async () => {
        const entries = [anEntry('t', 1), anEntry('t', 2, { round: 2 }), anEntry('t', 3, { visible: false }), anEntry('t', 4)];
        await append(...entries, anEntry('u', 1));
        const found = await world.transaction((tx) => memory.included(tx, 't', 1, 3));
        expect(new Set(found.map(({ id, payloadHash: hash }) => `${id}:${hash}`))).toEqual(
          new Set([entries[0]!, entries[2]!].map(({ fact, payloadHash: hash }) => `${fact.id}:${hash}`)),
        );
      });

      it('forgets what is old of tasks that nobody created, and nothing else', async () => {
        await save(
          [
            aTask('old', { sequence: 1, lastFactAt: '2026-01-01T00:00:00.000Z' }),
            aTask('young', { sequence: 1, lastFactAt: '2026-01-03T00:00:00.000Z' }),
            aTask('made', { sequence: 1, lastFactAt: '2026-01-01T00:00:00.000Z', created: created(at) }),
          ],
          [aWindow('old'), aWindow('made')],
        );
        await append(anEntry('old', 1), anEntry('young', 1), anEntry('made', 1));
        expect(await world.transaction((tx) => memory.forgetUncreated(tx, '2026-01-02T00:00:00.000Z'))).toBe(1);
        expect(await memory.find('old')).toBeUndefined();
        expect(await memory.facts('old', 0, 10)).toEqual([]);
        for (const taskId of ['young', 'made']) expect(await memory.facts(taskId, 0, 10)).toHaveLength(1);
        expect((await memory.find('made'))!.windows).toHaveLength(1);
        expect(await world.transaction((tx) => memory.lock(tx, [aTask('old')]))).toEqual([{ task: aTask('old'), windows: [] }]);
      });
    });

    describe('keeps verdicts', () => {
      it('[I1] one per task and revision', async () => {
        const settle = (...verdicts: VerdictRecord[]): Promise<void> => world.transaction((tx) => memory.settle(tx, verdicts));
        const [first, second] = [aVerdict('t'), aVerdict('t', { revision: 2, round: 2, status: 'FAILED', joinedTypes: [] })];
        await settle(first, aVerdict('u'));
        await settle(second);
        await expect(settle(aVerdict('v'), aVerdict('t', { status: 'FAILED' }))).rejects.toThrow();
        expect(await memory.verdict('v')).toBeUndefined();
        expect(await memory.verdict('t')).toEqual(second);
        expect(await memory.verdict('t', 1)).toEqual(first);
        expect(await memory.verdict('t', 3)).toBeUndefined();
      });

      it('knows who joined in the last five of a product', async () => {
        await world.transaction(async (tx) => {
          const verdicts = ['G', 'F', 'E', 'D', 'C', 'B'].map((type, n) =>
            aVerdict(`t${n}`, { joinedTypes: [type, 'SQL'], at: `2026-01-01T00:00:0${6 - n}.000Z` }),
          );
          await memory.settle(tx, [...verdicts, aVerdict('x', { product: 'else', joinedTypes: ['ELSE'] })]);
        });
        expect(await world.transaction((tx) => memory.knownTypes(tx, 'shop'))).toEqual(['C', 'D', 'E', 'F', 'G', 'SQL']);
        expect(await world.transaction((tx) => memory.knownTypes(tx, 'unheard'))).toEqual([]);
      });
    });

    describe('lists', () => {
      const second = (n: number): string => `2026-01-01T00:00:0${n}.000Z`;
      beforeEach(async () => {
        await save([
          aTask('a', { created: created(second(1)) }),
          aTask('b', { created: created(second(2), 'shop', '2'), status: 'SUCCESS' }),
          aTask('c', { created: created(second(2), 'shop', '2') }),
          aTask('d', { created: created(second(3), 'else', '1'), status: 'SUCCESS' }),
          aTask('unheard', { sequence: 1, lastFactAt: at }),
        ]);
      });
      const ids = async (query: object): Promise<string[]> => (await memory.list({ limit: 10, ...query })).map(({ task }) => task.taskId);

      it('tasks that were created, the newest first', async () => {
        expect(await ids({})).toEqual(['d', 'c', 'b', 'a']);
        expect(await ids({ limit: 2 })).toEqual(['d', 'c']);
        expect(await ids({ before: { createdAt: second(2), taskId: 'c' } })).toEqual(['b', 'a']);
        expect(await ids({ product: 'shop' })).toEqual(['c', 'b', 'a']);
        expect(await ids({ product: 'shop', version: '2', status: 'SUCCESS' })).toEqual(['b']);
        expect(await ids({ status: 'SUCCESS', before: { createdAt: second(3), taskId: 'd' } })).toEqual(['b']);
        expect(await ids({ product: 'nothing' })).toEqual([]);
      });

      it('the newest task of every version', async () => {
        const versions = async (limit: number, before?: { createdAt: string; taskId: string }): Promise<string[]> =>
          (await memory.versions('shop', limit, before)).map(({ taskId, created: made }) => `${made!.version}: ${taskId}`);
        expect(await versions(10)).toEqual(['2: c', '1: a']);
        expect(await versions(1)).toEqual(['2: c']);
        expect(await versions(10, { createdAt: second(2), taskId: 'c' })).toEqual(['1: a']);
      });

      it('products by name, with the newest task and the count of versions', async () => {
        await save([aTask('e', { created: created(second(0), '商城', '1') }), aTask('f', { created: created(second(5), 'Zoo', '9') })]);
        const products = async (limit: number, after?: string): Promise<string[]> =>
          (await memory.products(limit, after)).map(({ product, versions, latest }) => `${product} ${versions} ${latest.taskId} ${latest.created!.version}`);
        expect(await products(10)).toEqual(['Zoo 1 f 9', 'else 1 d 1', 'shop 2 c 2', '商城 1 e 1']);
        expect(await products(2)).toEqual(['Zoo 1 f 9', 'else 1 d 1']);
        expect(await products(1, 'else')).toEqual(['shop 2 c 2']);
        // Goes on behind a name that is not there.
        expect(await products(10, 'f')).toEqual(['shop 2 c 2', '商城 1 e 1']);
        expect(await products(10, '商城')).toEqual([]);
        expect((await memory.products(1, 'else'))[0]!.latest).toEqual((await memory.find('c'))!.task);
      });
    });
  });
}
