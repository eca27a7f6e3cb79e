/**
 * Records a batch of facts and folds them: is the fact about one of our tasks, is it inside the window, can the window close?
 * The answers are the ledger, the round's state, and the watch time at which to look again; closing itself is `CloseWindows`.
 */
import { type Fact, payloadHash, type RescanRequested, type ZipUploaded } from '@tributary/facts';
import { type Delivery, type Exception, type FactBus, Fenced, type Shard, type Transaction } from '@tributary/fact-bus';
import { type Telemetry, traceContextOf } from '@tributary/telemetry';
import { mainTaskCreated } from './gate-facts';
import { type Change, ChangingTask } from './gate-task';
import { type DueWindow, factMark, type GateMemory, type LedgerEntry, type WatchReading } from './gate.memory';
import { JudgeRound } from './judge-round';
import { dueWindowsOf, reschedule, restart, writeChanges } from './task-changes';
import { openedNow } from './window-clock';

export interface RecordFactsOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly bus: Pick<FactBus<T>, 'publish'>;
  readonly telemetry: Telemetry;
  /** A gap of the shard's clock that is longer is a pause, ms. */
  readonly pauseMs: number;
  /** Told after the commit. */
  readonly onRecorded: (change: {
    readonly partition: number;
    readonly watch: WatchReading;
    readonly taskIds: readonly string[];
    readonly due: readonly DueWindow[];
  }) => void;
}

/** Facts of a task that nobody created, kept at most. */
const uncreatedFactsMax = 100;
const deciding: ReadonlySet<string> = new Set(['SubTaskStarted', 'SubTaskCompleted', 'SubTaskFailed']);

export class RecordFacts<T extends Transaction> {
  readonly #judge: JudgeRound;

  constructor(private readonly options: RecordFactsOptions<T>) {
    this.#judge = new JudgeRound(options.memory, options.telemetry);
  }

  readonly handle = async (batch: readonly Delivery[], tx: Transaction, shard: Shard): Promise<readonly Exception[]> => {
    const { memory, pauseMs } = this.options;
    const [watch] = await memory.advance(tx, [shard], pauseMs);
    if (!watch) throw new Fenced(`coordinator/${shard.partition}`);
    const anew = watch.afterPause ? await memory.inParticipation(tx, shard.partition, watch.watchMs) : [];
    const mine = batch.filter(({ fact }) => concernsUs(fact));
    const ids = [...new Set([...mine.map(({ key }) => key), ...anew])];
    if (ids.length === 0) return [];
    const tasks = new Map(
      (
        await memory.lock(
          tx,
          ids.map((taskId) => ({ taskId, partition: shard.partition })),
        )
      ).map((found) => [found.task.taskId, new ChangingTask(found, watch)]),
    );
    const known = await memory.recorded(
      tx,
      mine.map(({ key, fact }) => ({ taskId: key, factId: fact.id })),
    );
    const seen = new Set(known);
    const exceptions: Exception[] = [];
    for (const taskId of anew) restart(tasks.get(taskId), watch);
    for (const [taskId, deliveries] of Map.groupBy(mine, ({ key }) => key)) {
      const changing = tasks.get(taskId);
      if (changing) exceptions.push(...(await this.#fold(tx, changing, deliveries, seen, watch)));
    }
    await this.#write(
      tx,
      [...tasks.values()].filter(({ changed }) => changed).map((changing) => changing.change()),
    );
    const due = dueWindowsOf([...tasks.values()]);
    tx.afterCommit(() => {
      this.options.onRecorded({ partition: shard.partition, watch, taskIds: ids, due });
    });
    return exceptions;
  };

  async #fold(tx: Transaction, changing: ChangingTask, deliveries: readonly Delivery[], seen: Set<string>, watch: WatchReading): Promise<readonly Exception[]> {
    const exceptions: Exception[] = [];
    const late: LedgerEntry[] = [];
    const { taskId } = changing.task;
    for (const delivery of deliveries) {
      const { fact, said } = delivery;
      const hash = payloadHash({ type: fact.type, data: said });
      if (isOwn(fact)) this.#hearOwn(changing, fact, watch);
      else if (!seen.has(factMark(taskId, fact.id, hash))) {
        const refusal = refusalOf(changing, fact);
        if (refusal) exceptions.push({ kind: 'never', delivery, ...refusal });
        else {
          const entry = this.#record(changing, fact, hash, seen.has(factMark(taskId, fact.id)), watch);
          if (entry.late && deciding.has(fact.type)) late.push(entry);
        }
        if (!refusal) seen.add(factMark(taskId, fact.id)).add(factMark(taskId, fact.id, hash));
      }
    }
    await this.#amend(tx, changing, late, watch);
    reschedule(changing, watch);
    return exceptions;
  }

  #record(changing: ChangingTask, fact: Fact, hash: string, known: boolean, watch: WatchReading): LedgerEntry {
    if (fact.type === 'ZipUploaded' && !changing.task.created) return this.#create(changing, fact as ZipUploaded, hash, known, watch);
    const { round } = fact.data as { round?: number };
    return changing.record(fact, hash, { known, ...(round !== undefined && { round }) });
  }

  /** Exactly two effects: the record with its due times, and MainTaskCreated. */
  #create(changing: ChangingTask, fact: ZipUploaded, hash: string, known: boolean, watch: WatchReading): LedgerEntry {
    const entry = changing.record(fact, hash, { known });
    const span = this.options.telemetry.start('create task', {
      kind: 'consumer',
      parent: traceContextOf(fact.traceparent),
      attributes: { 'tributary.task': fact.subject },
    });
    const created = mainTaskCreated(fact, { at: changing.at, traceparent: span.traceparent });
    const { context, policy } = created.data;
    changing.update({
      lastRound: Math.max(1, changing.task.lastRound),
      created: { at: fact.time, product: context.product, version: context.version, context, policy, traceparent: span.traceparent },
    });
    changing.put(openedNow(changing.windowFor(1), created.id, watch));
    changing.tell(created);
    span.end();
    return entry;
  }

  /** Our own facts are in the ledger already; hearing a rescan on the bus opens its window. */
  #hearOwn(changing: ChangingTask, fact: Fact, watch: WatchReading): void {
    if (fact.type !== 'RescanRequested') return;
    const { round } = (fact as RescanRequested).data;
    const window = changing.window(round);
    if (window && !window.opened && !window.closed) changing.put(openedNow(window, fact.id, watch));
  }

  /** Late facts amend the newest round within the grace, when the policy says so. */
  async #amend(tx: Transaction, changing: ChangingTask, late: readonly LedgerEntry[], watch: WatchReading): Promise<void> {
    const { created, round, revision } = changing.task;
    const window = changing.window(round);
    const causes = late.filter((entry) => entry.round === round).map(({ fact }) => fact.id);
    if (!created || !window?.closed || window.closed.by === 'CANCELLED' || causes.length === 0 || revision === 0 || changing.openWindow) return;
    if (created.policy.late !== 'amend' || watch.wallMs - Date.parse(window.closed.at) > created.policy.graceMs) return;
    await this.#judge.amend(tx, changing, window, causes);
  }

  async #write(tx: Transaction, changes: readonly Change[]): Promise<void> {
    await writeChanges(this.options.memory, tx, changes);
    this.options.bus.publish(
      tx as T,
      changes.flatMap(({ facts }) => facts),
    );
  }
}

function concernsUs({ type }: Fact): boolean {
  return type === 'ZipUploaded' || type === 'CancelRequested' || type === 'RescanRequested' || type.startsWith('SubTask');
}

function isOwn({ type }: Fact): boolean {
  return type === 'CancelRequested' || type === 'RescanRequested';
}

function refusalOf(changing: ChangingTask, fact: Fact): { code: string; because: string } | undefined {
  const { task } = changing;
  if (fact.type === 'ZipUploaded') return undefined;
  if (!task.created && task.sequence >= uncreatedFactsMax)
    return { code: 'UNKNOWN_TASK', because: `nobody has created the task ${task.taskId}, and ${uncreatedFactsMax} facts about it are kept already` };
  const { round } = fact.data as { round?: number };
  if (task.created && round !== undefined && !changing.window(round))
    return { code: 'UNKNOWN_ROUND', because: `the task ${task.taskId} has no round ${round}` };
  if (!task.created && round !== 1) return { code: 'UNKNOWN_ROUND', because: `the task ${task.taskId} is not created: it can only have a first round` };
  return undefined;
}
