/** The coordinator's memory in one process: for the simulation and quick tests. Clocks move with the `now` that it is given. */
import { type Included } from '@tributary/convergence';
import { type Transaction } from '@tributary/fact-bus';
import { InMemoryTable, memoryOf } from '@tributary/persistence';
import {
  type DueWindow,
  factMark,
  type GateMemory,
  type GateTask,
  type LedgerEntry,
  type OwnedShard,
  type ProductRecord,
  type TaskQuery,
  type TaskRecord,
  type VerdictRecord,
  versionsCountedMax,
  type WatchReading,
  type WindowRecord,
} from './gate.memory';

interface WatchRow {
  readonly epoch: number;
  readonly watchMs: number;
  readonly pausedMs: number;
  readonly seenAt: number;
}

export class InMemoryGateMemory implements GateMemory {
  readonly #watches = new InMemoryTable<number, WatchRow>();
  readonly #tasks = new InMemoryTable<string, TaskRecord>();
  readonly #windows = new InMemoryTable<string, WindowRecord>();
  readonly #verdicts = new InMemoryTable<string, VerdictRecord>();
  readonly #ledger = new Map<string, LedgerEntry[]>();

  /** `now`: ms since 1970, as the database's clock would say. `readPauseMs`: for so long after a beat the clock is read as if it ran on. */
  constructor(
    private readonly now: () => number,
    private readonly readPauseMs = 4_000,
  ) {}

  takeOver(tx: Transaction, shards: readonly OwnedShard[], pauseMs: number): Promise<readonly WatchReading[]> {
    return Promise.resolve(
      shards.flatMap(({ partition, epoch }) => {
        const row = this.#watches.get(partition) ?? { epoch: 0, watchMs: 0, pausedMs: 0, seenAt: this.now() };
        if (row.epoch >= epoch) return [];
        const gap = Math.max(0, Math.floor(this.now() - row.seenAt));
        return [this.#keep(tx, partition, { epoch, watchMs: row.watchMs, pausedMs: row.pausedMs + gap, seenAt: row.seenAt + gap }, gap > pauseMs)];
      }),
    );
  }

  advance(tx: Transaction, shards: readonly OwnedShard[], pauseMs: number): Promise<readonly WatchReading[]> {
    return Promise.resolve(
      shards.flatMap(({ partition, epoch }) => {
        const row = this.#watches.get(partition);
        if (row?.epoch !== epoch) return [];
        const gap = Math.max(0, Math.floor(this.now() - row.seenAt));
        const watched = gap <= pauseMs;
        return [
          this.#keep(
            tx,
            partition,
            { epoch, watchMs: row.watchMs + (watched ? gap : 0), pausedMs: row.pausedMs + (watched ? 0 : gap), seenAt: row.seenAt + gap },
            !watched,
          ),
        ];
      }),
    );
  }

  lock(tx: Transaction, tasks: readonly { readonly taskId: string; readonly partition: number }[]): Promise<readonly GateTask[]> {
    const sorted = [...new Map(tasks.map((task) => [task.taskId, task])).values()].sort((a, b) => (a.taskId < b.taskId ? -1 : 1));
    return Promise.resolve(
      sorted.map(({ taskId, partition }) => {
        if (!this.#tasks.get(taskId)) this.#tasks.set(tx, taskId, { taskId, partition, status: 'INIT', revision: 0, round: 1, lastRound: 0, sequence: 0 });
        return this.#load(taskId) ?? raise(taskId);
      }),
    );
  }

  recorded(_: Transaction, marks: readonly { readonly taskId: string; readonly factId: string }[]): Promise<ReadonlySet<string>> {
    const wanted = new Set(marks.map(({ taskId, factId }) => factMark(taskId, factId)));
    const found = [...new Set(marks.map(({ taskId }) => taskId))]
      .flatMap((taskId) => this.#entries(taskId))
      .filter(({ taskId, fact }) => wanted.has(factMark(taskId, fact.id)));
    return Promise.resolve(new Set(found.flatMap(({ taskId, fact, payloadHash }) => [factMark(taskId, fact.id), factMark(taskId, fact.id, payloadHash)])));
  }

  append(tx: Transaction, entries: readonly LedgerEntry[]): Promise<void> {
    for (const entry of entries) {
      const ledger = this.#entries(entry.taskId);
      if (ledger.some(({ sequence, fact, payloadHash }) => sequence === entry.sequence || (fact.id === entry.fact.id && payloadHash === entry.payloadHash))) {
        return Promise.reject(new Error(`the ledger of ${entry.taskId} holds ${entry.fact.id} or ${entry.sequence} already`));
      }
      ledger.push(entry);
      memoryOf(tx).undo(() => ledger.splice(ledger.indexOf(entry), 1));
    }
    return Promise.resolve();
  }

  save(tx: Transaction, tasks: readonly TaskRecord[], windows: readonly WindowRecord[]): Promise<void> {
    for (const task of tasks) this.#tasks.set(tx, task.taskId, task);
    for (const window of windows) this.#windows.set(tx, `${window.taskId}/${window.round}`, window);
    return Promise.resolve();
  }

  settle(tx: Transaction, verdicts: readonly VerdictRecord[]): Promise<void> {
    for (const verdict of verdicts) {
      const key = `${verdict.taskId}/${verdict.revision}`;
      if (this.#verdicts.get(key)) return Promise.reject(new Error(`the verdict ${key} exists`));
      this.#verdicts.set(tx, key, verdict);
    }
    return Promise.resolve();
  }

  included(_: Transaction, taskId: string, round: number, cutoff: number): Promise<readonly Included[]> {
    const entries = this.#entries(taskId).filter((entry) => entry.round === round && entry.sequence <= cutoff);
    return Promise.resolve(entries.map(({ fact, payloadHash }) => ({ id: fact.id, payloadHash })));
  }

  knownTypes(_: Transaction, product: string): Promise<readonly string[]> {
    const recent = this.#verdicts
      .values()
      .filter((verdict) => verdict.product === product)
      .sort((a, b) => descending(a.at, b.at))
      .slice(0, 5);
    return Promise.resolve([...new Set(recent.flatMap(({ joinedTypes }) => joinedTypes))].sort());
  }

  inParticipation(_: Transaction, partition: number, watchMs: number): Promise<readonly string[]> {
    const open = this.#windows
      .values()
      .filter((window) => window.partition === partition && window.dueWatchMs !== undefined && window.opened && this.#participationEnds(window) > watchMs);
    return Promise.resolve(open.map(({ taskId }) => taskId).sort());
  }

  nextDue(partitions: readonly number[], limit: number): Promise<readonly DueWindow[]> {
    const due = this.#windows
      .values()
      .flatMap(({ taskId, round, partition, dueWatchMs }) =>
        dueWatchMs !== undefined && partitions.includes(partition) ? [{ taskId, round, partition, dueWatchMs }] : [],
      );
    return Promise.resolve(due.sort((a, b) => a.dueWatchMs - b.dueWatchMs).slice(0, limit));
  }

  find(taskId: string): Promise<(GateTask & { readonly watch?: WatchReading }) | undefined> {
    return Promise.resolve(this.#withWatch(taskId));
  }

  list({ product, version, status, limit, before }: TaskQuery): Promise<readonly (GateTask & { readonly watch?: WatchReading })[]> {
    const page = this.#created()
      .filter(
        ({ created, ...task }) =>
          (product === undefined || created.product === product) &&
          (version === undefined || created.version === version) &&
          (status === undefined || task.status === status),
      )
      .filter(({ taskId, created }) => !before || `${created.at}/${taskId}` < `${before.createdAt}/${before.taskId}`)
      .slice(0, limit);
    return Promise.resolve(page.flatMap(({ taskId }) => this.#withWatch(taskId) ?? []));
  }

  facts(taskId: string, after: number, limit: number): Promise<readonly LedgerEntry[]> {
    const entries = this.#entries(taskId).filter(({ sequence, visible }) => visible && sequence > after);
    return Promise.resolve(entries.sort((a, b) => a.sequence - b.sequence).slice(0, limit));
  }

  verdict(taskId: string, revision?: number): Promise<VerdictRecord | undefined> {
    const all = this.#verdicts.values().filter((verdict) => verdict.taskId === taskId && (revision === undefined || verdict.revision === revision));
    return Promise.resolve(all.sort((a, b) => b.revision - a.revision)[0]);
  }

  versions(product: string, limit: number, before?: { readonly createdAt: string; readonly taskId: string }): Promise<readonly TaskRecord[]> {
    const newest = new Map<string, TaskRecord & { created: NonNullable<TaskRecord['created']> }>();
    for (const task of this.#created()) if (task.created.product === product && !newest.has(task.created.version)) newest.set(task.created.version, task);
    const page = [...newest.values()].filter(({ taskId, created }) => !before || `${created.at}/${taskId}` < `${before.createdAt}/${before.taskId}`);
    return Promise.resolve(page.slice(0, limit));
  }

  products(limit: number, after = ''): Promise<readonly ProductRecord[]> {
    const byProduct = Map.groupBy(this.#created(), ({ created }) => created.product);
    const records = [...byProduct].flatMap(([product, tasks]) => {
      const versions = Math.min(new Set(tasks.map(({ created }) => created.version)).size, versionsCountedMax);
      return tasks[0] && Buffer.compare(Buffer.from(product), Buffer.from(after)) > 0 ? [{ product, versions, latest: tasks[0] }] : [];
    });
    return Promise.resolve(records.sort((a, b) => Buffer.compare(Buffer.from(a.product), Buffer.from(b.product))).slice(0, limit));
  }

  forgetUncreated(tx: Transaction, olderThan: string): Promise<number> {
    const old = this.#tasks.values().filter(({ created, lastFactAt }) => !created && lastFactAt !== undefined && lastFactAt < olderThan);
    for (const { taskId } of old) {
      this.#tasks.delete(tx, taskId);
      for (const window of this.#windows.values().filter((candidate) => candidate.taskId === taskId)) this.#windows.delete(tx, `${taskId}/${window.round}`);
      const entries = this.#ledger.get(taskId);
      this.#ledger.delete(taskId);
      if (entries) memoryOf(tx).undo(() => this.#ledger.set(taskId, entries));
    }
    return Promise.resolve(old.length);
  }

  #keep(tx: Transaction, partition: number, row: WatchRow, afterPause: boolean): WatchReading {
    this.#watches.set(tx, partition, row);
    return { partition, watchMs: row.watchMs, pausedMs: row.pausedMs, wallMs: row.seenAt, afterPause };
  }

  #entries(taskId: string): LedgerEntry[] {
    const entries = this.#ledger.get(taskId) ?? [];
    this.#ledger.set(taskId, entries);
    return entries;
  }

  #participationEnds({ taskId, opened }: WindowRecord): number {
    return (opened?.watchMs ?? 0) + (this.#tasks.get(taskId)?.created?.policy.participationMs ?? 0);
  }

  #load(taskId: string): GateTask | undefined {
    const task = this.#tasks.get(taskId);
    return (
      task && {
        task,
        windows: this.#windows
          .values()
          .filter((window) => window.taskId === taskId)
          .sort((a, b) => a.round - b.round),
      }
    );
  }

  #withWatch(taskId: string): (GateTask & { readonly watch?: WatchReading }) | undefined {
    const found = this.#load(taskId);
    const row = found && this.#watches.get(found.task.partition);
    if (!found || !row) return found;
    const gap = Math.max(0, Math.floor(this.now() - row.seenAt));
    const [watched, paused] = gap <= this.readPauseMs ? [gap, 0] : [0, gap];
    const { partition } = found.task;
    return { ...found, watch: { partition, watchMs: row.watchMs + watched, pausedMs: row.pausedMs + paused, wallMs: row.seenAt + gap, afterPause: false } };
  }

  #created(): (TaskRecord & { created: NonNullable<TaskRecord['created']> })[] {
    const created = this.#tasks.values().flatMap((task) => (task.created ? [{ ...task, created: task.created }] : []));
    return created.sort((a, b) => descending(`${a.created.at}/${a.taskId}`, `${b.created.at}/${b.taskId}`));
  }
}

function descending(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

function raise(taskId: string): never {
  throw new Error(`the task ${taskId} is gone`);
}
