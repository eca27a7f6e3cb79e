/** Closes windows that are due: decides again under the lock, at the watch time of this very transaction. */
import { type FactBus, Fenced, type Transaction } from '@tributary/fact-bus';
import { type Telemetry } from '@tributary/telemetry';
import { ChangingTask } from './gate-task';
import { type DueWindow, type GateMemory, type OwnedShard, type Patience, type WatchReading } from './gate.memory';
import { JudgeRound } from './judge-round';
import { advanceOne, dueWindowsOf, reschedule, restart, writeChanges } from './task-changes';
import { decisionOf } from './window-clock';

export interface CloseWindowsOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly bus: Pick<FactBus<T>, 'publish'>;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  readonly telemetry: Telemetry;
}

export interface Closed {
  readonly watch: WatchReading;
  readonly closed: readonly { readonly taskId: string; readonly lagMs: number }[];
  /** The tasks that were looked at: when to look again. */
  readonly taskIds: readonly string[];
  readonly due: readonly DueWindow[];
}

export class CloseWindows<T extends Transaction> {
  readonly #judge: JudgeRound;

  constructor(private readonly options: CloseWindowsOptions<T>) {
    this.#judge = new JudgeRound(options.memory, options.telemetry);
  }

  /**
   * One transaction over tasks of one shard. Rejects with `Fenced` when another member has the shard.
   */
  async close(shard: OwnedShard, taskIds: readonly string[], patience: Patience): Promise<Closed> {
    const { memory, bus, database } = this.options;
    return await database.transaction(async (tx) => {
      const { watch, anew } = await advanceOne(memory, tx, shard, patience);
      if (!watch) throw new Fenced(`coordinator/${shard.partition}`);
      const ids = [...new Set([...taskIds, ...anew])];
      const tasks = (
        await memory.lock(
          tx,
          ids.map((taskId) => ({ taskId, partition: shard.partition })),
        )
      ).map((found) => new ChangingTask(found, watch));
      const closed: { taskId: string; lagMs: number }[] = [];
      for (const changing of tasks) {
        if (anew.has(changing.task.taskId)) restart(changing, watch);
        const dueWatchMs = changing.openWindow?.dueWatchMs;
        if (await this.#tryClose(tx, changing, watch)) closed.push({ taskId: changing.task.taskId, lagMs: watch.watchMs - (dueWatchMs ?? watch.watchMs) });
      }
      const changes = tasks.filter(({ changed }) => changed).map((changing) => changing.change());
      await writeChanges(memory, tx, changes);
      bus.publish(
        tx,
        changes.flatMap(({ facts }) => facts),
      );
      return { watch, closed, taskIds: ids, due: dueWindowsOf(tasks) };
    });
  }

  async #tryClose(tx: Transaction, changing: ChangingTask, watch: WatchReading): Promise<boolean> {
    const window = changing.openWindow;
    const policy = changing.task.created?.policy;
    if (!window || !policy) return false;
    const decision = decisionOf(window, policy, watch.watchMs);
    if (decision?.kind === 'close') await this.#judge.close(tx, changing, window, decision.closedBy, watch);
    else reschedule(changing, watch);
    return decision?.kind === 'close';
  }
}
