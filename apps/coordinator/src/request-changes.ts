/** What people ask of a task: its end, or another scan. Decided under the task's lock, told as a fact, acted on by the shard's owner. */
import { partitionOf, topicSettings } from '@tributary/facts';
import { type FactBus, type Transaction } from '@tributary/fact-bus';
import { statusWithCode } from '@tributary/http-api/words';
import { initialRound } from '@tributary/convergence';
import { derivedId, type Identity, Problem } from '@tributary/service-kit';
import { activeTraceparent } from '@tributary/telemetry';
import { cancelRequested, rescanRequested } from './gate-facts';
import { ChangingTask } from './gate-task';
import { type GateMemory, type TaskRecord } from './gate.memory';
import { writeChanges } from './task-changes';

export interface RequestChangesOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly bus: Pick<FactBus<T>, 'publish'>;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  readonly identity: Identity;
  readonly now: () => number;
  readonly onChanged: (taskId: string) => void;
}

export interface Asked {
  readonly taskId: string;
  readonly by: string;
  readonly reason?: string | undefined;
  /** The upload is known to be accepted, although we may not have heard of it yet. */
  readonly announced: boolean;
}

export interface AskedAgain extends Asked {
  /** The same key for the same task opens no second round. */
  readonly idempotencyKey?: string | undefined;
}

export class RequestChanges<T extends Transaction> {
  constructor(private readonly options: RequestChangesOptions<T>) {}

  /** May overtake the upload itself: it is kept and wins. Problem 404, or 409 when the window is closed. */
  async cancel(asked: Asked): Promise<TaskRecord> {
    return await this.#change(asked, (changing) => {
      const { task } = changing;
      const open = changing.openWindow;
      if (task.created && !open) throw closedAlready(task);
      const window = open ?? changing.windowFor(1);
      const waiting = Object.values(window.state.claims).some(({ says }) => says === 'CANCEL');
      if (waiting) return;
      const told = { at: changing.at, traceparent: activeTraceparent() ?? task.created?.traceparent };
      changing.put(window);
      changing.tell(cancelRequested(asked.taskId, this.options.identity.fresh(), asked.by, asked.reason, told), window.round);
    });
  }

  /** Problem 404, or 409 while a round is open. `replayed`: this very request opened `round` before. */
  async rescan(asked: AskedAgain): Promise<{ readonly task: TaskRecord; readonly round: number; readonly replayed: boolean }> {
    const { taskId, idempotencyKey } = asked;
    const id = idempotencyKey === undefined ? this.options.identity.fresh() : derivedId(taskId, 'rescan', idempotencyKey);
    let known: number | undefined;
    const task = await this.#change(asked, (changing) => {
      const { task, windows } = changing;
      known = windows.find(({ openedBy }) => openedBy === id)?.round;
      if (known !== undefined) return;
      const { created } = task;
      if (!created || changing.openWindow) {
        throw new Problem(409, 'ROUND_OPEN', {
          en: 'A round of this task is open; wait for its verdict or cancel it.',
          zh: '该任务有一轮扫描尚未结束，请等待结果或先取消。',
        });
      }
      const round = task.lastRound + 1;
      changing.update({ lastRound: round });
      changing.put({ taskId: task.taskId, partition: task.partition, round, state: initialRound(round), openedBy: id });
      const fact = rescanRequested(
        created,
        { taskId: task.taskId, round, id, by: asked.by, reason: asked.reason },
        { at: changing.at, traceparent: activeTraceparent() ?? created.traceparent },
      );
      changing.tell(fact);
    });
    return { task, round: known ?? task.lastRound, replayed: known !== undefined };
  }

  async #change(asked: Asked, decide: (changing: ChangingTask) => void): Promise<TaskRecord> {
    const { memory, bus, database, now, onChanged } = this.options;
    const { taskId, announced } = asked;
    if (!announced && !(await memory.find(taskId))?.task.created) {
      throw new Problem(404, 'TASK_NOT_FOUND', { en: `There is no task ${taskId}.`, zh: `任务 ${taskId} 不存在。` });
    }
    return await database.transaction(async (tx) => {
      const [found] = await memory.lock(tx, [{ taskId, partition: partitionOf(taskId, topicSettings['gate.facts'].partitions) }]);
      if (!found) throw new Error(`the task ${taskId} cannot be locked`);
      // Requests are recorded outside of the shard's clock: it only says when the window closes, which is the owner's to do.
      const changing = new ChangingTask(found, { watchMs: 0, wallMs: now() });
      decide(changing);
      const change = changing.change();
      if (changing.changed) {
        await writeChanges(memory, tx, [change]);
        bus.publish(tx, change.facts);
        tx.afterCommit(() => {
          onChanged(taskId);
        });
      }
      return change.task;
    });
  }
}

function closedAlready({ taskId, status }: TaskRecord): Problem {
  const words = statusWithCode(status);
  return new Problem(409, 'WINDOW_CLOSED', {
    en: `The window of ${taskId} is closed; its verdict is ${words.en}.`,
    zh: `任务 ${taskId} 的窗口已关闭，结论为${words.zh}。`,
  });
}
