/** What every transaction over tasks does alike: look at the clock again, begin participation anew after a pause, write everything. */
import { type Transaction } from '@tributary/fact-bus';
import { type Change, ChangingTask } from './gate-task';
import { type DueWindow, type GateMemory, type OwnedShard, type Patience, type WatchReading } from './gate.memory';
import { begunAnew, scheduled } from './window-clock';

/** Sets the watch time at which the open window has to be looked at again. */
export function reschedule(changing: ChangingTask, watch: Pick<WatchReading, 'watchMs'>): void {
  const window = changing.openWindow;
  const policy = changing.task.created?.policy;
  if (!window || !policy) return;
  const after = scheduled(window, policy, watch.watchMs);
  if (after.dueWatchMs !== window.dueWatchMs) changing.put(after);
}

/** Nobody watched for a while: whoever may still come forward gets the whole participation window again. */
export function restart(changing: ChangingTask | undefined, watch: WatchReading): void {
  const window = changing?.openWindow;
  const policy = changing?.task.created?.policy;
  if (changing && window && policy) changing.put(scheduled(begunAnew(window, policy, watch), policy, watch.watchMs));
}

/** Moves one clock, and answers with it whose participation begins anew because it has stood. No clock: the shard is not ours. */
export async function advanceOne(
  memory: GateMemory,
  tx: Transaction,
  shard: OwnedShard,
  { pauseMs, ...proven }: Patience,
): Promise<{ readonly watch?: WatchReading; readonly anew: ReadonlySet<string> }> {
  const [reading] = await memory.advance(tx, [shard], pauseMs);
  if (!reading) return { anew: new Set() };
  const watch = { ...reading, ...proven };
  return { watch, anew: new Set(watch.afterPause ? await inParticipation(memory, tx, watch) : []) };
}

function inParticipation(memory: GateMemory, tx: Transaction, { partition, watchMs, provenWatchMs = watchMs }: WatchReading): Promise<readonly string[]> {
  return memory.inParticipation(tx, partition, provenWatchMs);
}

export function dueWindowsOf(tasks: readonly ChangingTask[]): readonly DueWindow[] {
  return tasks.flatMap(({ openWindow }) => {
    if (openWindow?.dueWatchMs === undefined) return [];
    const { taskId, round, partition, dueWatchMs } = openWindow;
    return [{ taskId, round, partition, dueWatchMs }];
  });
}

/** After a pause of these shards; answers when to look at the windows that it moved. */
export async function restartParticipation(memory: GateMemory, tx: Transaction, readings: readonly WatchReading[]): Promise<readonly DueWindow[]> {
  const due: DueWindow[] = [];
  for (const watch of readings.filter(({ afterPause }) => afterPause)) {
    const ids = await inParticipation(memory, tx, watch);
    if (ids.length === 0) continue;
    const tasks = (
      await memory.lock(
        tx,
        ids.map((taskId) => ({ taskId, partition: watch.partition })),
      )
    ).map((found) => new ChangingTask(found, watch));
    for (const changing of tasks) restart(changing, watch);
    await writeChanges(
      memory,
      tx,
      tasks.map((changing) => changing.change()),
    );
    due.push(...dueWindowsOf(tasks));
  }
  return due;
}

export async function writeChanges(memory: GateMemory, tx: Transaction, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await memory.save(
    tx,
    changes.map(({ task }) => task),
    changes.flatMap(({ windows }) => windows),
  );
  const entries = changes.flatMap((change) => change.entries);
  if (entries.length > 0) await memory.append(tx, entries);
  const verdicts = changes.flatMap((change) => change.verdicts);
  if (verdicts.length > 0) await memory.settle(tx, verdicts);
}
