/**
 * Records a batch of facts and folds them: is the fact about one of our tasks, is it inside the window, can the window close?
 * The answers are the ledger, the round's state, and the watch time at which to look again; closing itself is `CloseWindows`.
 */
import { type Fact, limits, type MainTaskCreated, payloadHash, type RescanRequested, type ZipUploaded } from '@tributary/facts';
import { type Delivery, type Exception, type FactBus, Fenced, type Shard, type Transaction } from '@tributary/fact-bus';
import { type Telemetry, traceContextOf } from '@tributary/telemetry';
import { mainTaskCreated } from './gate-facts';
import { type Change, ChangingTask } from './gate-task';
import { type DueWindow, factMark, type GateMemory, type LedgerEntry, type Patience, type WatchReading, type WindowRecord } from './gate.memory';
import { JudgeRound } from './judge-round';
import { advanceOne, dueWindowsOf, reschedule, restart, writeChanges } from './task-changes';
import { openedNow } from './window-clock';

export interface RecordFactsOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly bus: Pick<FactBus<T>, 'publish'>;
  readonly telemetry: Telemetry;
  readonly patienceWith: (partition: number) => Patience;
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
/** Claims that a round keeps at most: its state is one document, and every batch writes it. */
const claimsMax = 1_000;
/** What we tell and hear again. */
const own: ReadonlySet<string> = new Set(['MainTaskCreated', 'CancelRequested', 'RescanRequested']);
const deciding: ReadonlySet<string> = new Set(['SubTaskStarted', 'SubTaskCompleted', 'SubTaskFailed']);

export class RecordFacts<T extends Transaction> {
  readonly #judge: JudgeRound;

  constructor(private readonly options: RecordFactsOptions<T>) {
    this.#judge = new JudgeRound(options.memory, options.telemetry);
  }

  readonly handle = async (batch: readonly Delivery[], tx: Transaction, shard: Shard): Promise<readonly Exception[]> => {
    const { memory, patienceWith } = this.options;
    const { watch, anew } = await advanceOne(memory, tx, shard, patienceWith(shard.partition));
    if (!watch) throw new Fenced(`coordinator/${shard.partition}`);
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
      if (isOwn(fact) && seen.has(factMark(taskId, fact.id))) this.#hearOwn(changing, fact, watch);
      else if (!seen.has(factMark(taskId, fact.id, hash))) {
        const refusal = refusalOf(changing, fact);
        if (refusal) exceptions.push({ kind: 'never', delivery, ...refusal });
        else {
          const entry = this.#record(changing, fact, hash, seen.has(factMark(taskId, fact.id)));
          if (entry.late && deciding.has(fact.type)) late.push(entry);
        }
        if (!refusal) seen.add(factMark(taskId, fact.id)).add(factMark(taskId, fact.id, hash));
      }
    }
    await this.#amend(tx, changing, late, watch);
    reschedule(changing, watch);
    return exceptions;
  }

  #record(changing: ChangingTask, fact: Fact, hash: string, known: boolean): LedgerEntry {
    if (fact.type === 'ZipUploaded' && !changing.task.created) return this.#create(changing, fact as ZipUploaded, hash, known);
    const { round } = fact.type === 'CancelRequested' ? roundToCancel(changing) : (fact.data as { round?: number });
    return changing.record(fact, hash, { known, ...(round !== undefined && { round }) });
  }

  /** Exactly two effects: the record with its due times, and MainTaskCreated. */
  #create(changing: ChangingTask, fact: ZipUploaded, hash: string, known: boolean): LedgerEntry {
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
      created: { at: new Date(fact.time).toISOString(), product: context.product, version: context.version, context, policy, traceparent: span.traceparent },
    });
    changing.put(changing.windowFor(1));
    changing.tell(created);
    span.end();
    return entry;
  }

  /** Our own facts are in the ledger already. What invites to a round opens its window once it is on the bus, where others can hear it; not before. */
  #hearOwn(changing: ChangingTask, fact: Fact, watch: WatchReading): void {
    if (fact.type === 'CancelRequested') return;
    const { round } = (fact as MainTaskCreated | RescanRequested).data;
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
  return type === 'ZipUploaded' || own.has(type) || type.startsWith('SubTask');
}

function isOwn({ type }: Fact): boolean {
  return own.has(type);
}

/** A cancel that somebody else has told is about the round that is open, or about the first one of a task to come. */
function roundToCancel(changing: ChangingTask): { round?: number } {
  const round = changing.openWindow?.round ?? (changing.task.created ? undefined : 1);
  return round === undefined ? {} : { round };
}

function refusalOf(changing: ChangingTask, fact: Fact): { code: string; because: string } | undefined {
  const { task } = changing;
  if (fact.type === 'ZipUploaded') return undefined;
  if (fact.type === 'MainTaskCreated' || fact.type === 'RescanRequested')
    return { code: 'NOT_TOLD_HERE', because: `${fact.type} is the coordinator's to tell, and its ledger does not hold ${fact.id}` };
  if (!task.created && task.sequence >= uncreatedFactsMax)
    return { code: 'UNKNOWN_TASK', because: `nobody has created the task ${task.taskId}, and ${uncreatedFactsMax} facts about it are kept already` };
  const { round } = fact.data as { round?: number };
  if (fact.type === 'CancelRequested') return undefined;
  if (task.created && round !== undefined && !changing.window(round))
    return { code: 'UNKNOWN_ROUND', because: `the task ${task.taskId} has no round ${round}` };
  if (!task.created && round !== 1) return { code: 'UNKNOWN_ROUND', because: `the task ${task.taskId} is not created: it can only have a first round` };
  return fullness(changing.window(round ?? 1), fact);
}

/** A round is for so many types and claims; a verdict over more would not fit into a fact. Progress replaces what it was, and is not counted. */
function fullness(window: WindowRecord | undefined, fact: Fact): { code: string; because: string } | undefined {
  if (!window || fact.type === 'SubTaskProgressed') return undefined;
  const claims = Object.values(window.state.claims);
  if (claims.length >= claimsMax) return { code: 'ROUND_FULL', because: `round ${window.round} of ${window.taskId} holds ${claimsMax} facts already` };
  if (claims.length < limits.typesMax) return undefined;
  const types = new Set(claims.map(({ type }) => type));
  const { subTaskType } = fact.data as { subTaskType?: string };
  if (types.size < limits.typesMax || (subTaskType !== undefined && types.has(subTaskType))) return undefined;
  return { code: 'ROUND_FULL', because: `${limits.typesMax} types have said something about round ${window.round} of ${window.taskId} already` };
}
