/** The coordinator's memory in PostgreSQL: one statement a file, batches by `unnest`. */
import { type Included } from '@tributary/convergence';
import { type Transaction } from '@tributary/fact-bus';
import { type PostgresDatabase, sqlOf } from '@tributary/persistence';
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
  tenant,
  type VerdictRecord,
  versionsCountedMax,
  type WatchReading,
  type WindowRecord,
} from './gate.memory';
import {
  ledgerColumns,
  ledgerEntryOf,
  taskColumns,
  taskOf,
  type TaskRow,
  verdictColumns,
  verdictOf,
  windowColumns,
  windowOf,
  type WholeRow,
  type WindowRow,
} from './gate-rows';
import { advanceSql } from './sql/advance.sql';
import { appendSql } from './sql/append.sql';
import { factsSql } from './sql/facts.sql';
import { findTaskSql } from './sql/find-task.sql';
import { forgetUncreatedSql } from './sql/forget-uncreated.sql';
import { inParticipationSql } from './sql/in-participation.sql';
import { includedSql } from './sql/included.sql';
import { knownTypesSql } from './sql/known-types.sql';
import { listTasksSql } from './sql/list-tasks.sql';
import { lockTasksSql } from './sql/lock-tasks.sql';
import { makeTasksSql } from './sql/make-tasks.sql';
import { nextDueSql } from './sql/next-due.sql';
import { productsSql } from './sql/products.sql';
import { recordedSql } from './sql/recorded.sql';
import { saveTasksSql } from './sql/save-tasks.sql';
import { saveWindowsSql } from './sql/save-windows.sql';
import { settleSql } from './sql/settle.sql';
import { takeOverSql } from './sql/take-over.sql';
import { verdictSql } from './sql/verdict.sql';
import { versionsSql } from './sql/versions.sql';
import { windowsSql } from './sql/windows.sql';

export class PostgresGateMemory implements GateMemory {
  /** `readPauseMs`: for so long after a beat the clock is read as if it ran on. */
  constructor(
    private readonly database: Pick<PostgresDatabase, 'query'>,
    private readonly readPauseMs = 4_000,
  ) {}

  async takeOver(tx: Transaction, shards: readonly OwnedShard[], pauseMs: number): Promise<readonly WatchReading[]> {
    return await sqlOf(tx).query<WatchReading>(takeOverSql, [...shardColumns(shards), pauseMs]);
  }

  async advance(tx: Transaction, shards: readonly OwnedShard[], pauseMs: number): Promise<readonly WatchReading[]> {
    return await sqlOf(tx).query<WatchReading>(advanceSql, [...shardColumns(shards), pauseMs]);
  }

  async lock(tx: Transaction, tasks: readonly { readonly taskId: string; readonly partition: number }[]): Promise<readonly GateTask[]> {
    const sql = sqlOf(tx);
    const ids = tasks.map(({ taskId }) => taskId);
    let rows = await sql.query<TaskRow>(lockTasksSql, [tenant, ids]);
    if (rows.length < new Set(ids).size) {
      await sql.execute(makeTasksSql, [tenant, ids, tasks.map(({ partition }) => partition)]);
      rows = await sql.query<TaskRow>(lockTasksSql, [tenant, ids]);
    }
    return withWindows(rows, await sql.query<WindowRow>(windowsSql, [tenant, ids]));
  }

  async recorded(tx: Transaction, marks: readonly { readonly taskId: string; readonly factId: string }[]): Promise<ReadonlySet<string>> {
    if (marks.length === 0) return new Set();
    const rows = await sqlOf(tx).query<{ taskId: string; factId: string; payloadHash: string }>(recordedSql, [
      tenant,
      marks.map(({ taskId }) => taskId),
      marks.map(({ factId }) => factId),
    ]);
    return new Set(rows.flatMap(({ taskId, factId, payloadHash }) => [factMark(taskId, factId), factMark(taskId, factId, payloadHash)]));
  }

  async append(tx: Transaction, entries: readonly LedgerEntry[]): Promise<void> {
    await sqlOf(tx).execute(appendSql, [tenant, ...ledgerColumns(entries)]);
  }

  async save(tx: Transaction, tasks: readonly TaskRecord[], windows: readonly WindowRecord[]): Promise<void> {
    const sql = sqlOf(tx);
    if (tasks.length > 0) await sql.execute(saveTasksSql, [tenant, ...taskColumns(tasks)]);
    if (windows.length > 0) await sql.execute(saveWindowsSql, [tenant, ...windowColumns(windows, new Map(tasks.map((task) => [task.taskId, task])))]);
  }

  async settle(tx: Transaction, verdicts: readonly VerdictRecord[]): Promise<void> {
    if (verdicts.length > 0) await sqlOf(tx).execute(settleSql, [tenant, ...verdictColumns(verdicts)]);
  }

  async included(tx: Transaction, taskId: string, round: number, cutoff: number): Promise<readonly Included[]> {
    return await sqlOf(tx).query<Included>(includedSql, [tenant, taskId, round, cutoff]);
  }

  async knownTypes(tx: Transaction, product: string): Promise<readonly string[]> {
    return (await sqlOf(tx).query<{ type: string }>(knownTypesSql, [tenant, product])).map(({ type }) => type);
  }

  async inParticipation(tx: Transaction, partition: number, watchMs: number): Promise<readonly string[]> {
    return (await sqlOf(tx).query<{ taskId: string }>(inParticipationSql, [tenant, partition, watchMs])).map(({ taskId }) => taskId);
  }

  async nextDue(partitions: readonly number[], limit: number): Promise<readonly DueWindow[]> {
    return await this.database.query<DueWindow>(nextDueSql, [[...partitions], limit]);
  }

  async find(taskId: string): Promise<(GateTask & { readonly watch?: WatchReading }) | undefined> {
    return (await this.database.query<WholeRow>(findTaskSql, [tenant, taskId, this.readPauseMs])).map(wholeOf)[0];
  }

  async list({ product, version, status, limit, before }: TaskQuery): Promise<readonly (GateTask & { readonly watch?: WatchReading })[]> {
    const rows = await this.database.query<WholeRow>(listTasksSql, [
      tenant,
      product ?? null,
      version ?? null,
      status ?? null,
      before?.createdAt ?? null,
      before?.taskId ?? null,
      limit,
      this.readPauseMs,
    ]);
    return rows.map(wholeOf);
  }

  async facts(taskId: string, after: number, limit: number): Promise<readonly LedgerEntry[]> {
    return (await this.database.query<Parameters<typeof ledgerEntryOf>[0]>(factsSql, [tenant, taskId, after, limit])).map(ledgerEntryOf);
  }

  async verdict(taskId: string, revision?: number): Promise<VerdictRecord | undefined> {
    return (await this.database.query<Parameters<typeof verdictOf>[0]>(verdictSql, [tenant, taskId, revision ?? null])).map(verdictOf)[0];
  }

  async versions(product: string, limit: number, before?: { readonly createdAt: string; readonly taskId: string }): Promise<readonly TaskRecord[]> {
    const rows = await this.database.query<TaskRow>(versionsSql, [tenant, product, before?.createdAt ?? null, before?.taskId ?? null, limit]);
    return rows.map(taskOf);
  }

  async products(limit: number, after = ''): Promise<readonly ProductRecord[]> {
    const rows = await this.database.query<TaskRow & { readonly product: string; readonly versions: number }>(productsSql, [
      tenant,
      after,
      limit,
      versionsCountedMax,
    ]);
    return rows.map(({ product, versions, ...task }) => ({ product, versions, latest: taskOf(task) }));
  }

  async forgetUncreated(tx: Transaction, olderThan: string): Promise<number> {
    return (await sqlOf(tx).query<{ count: number }>(forgetUncreatedSql, [olderThan]))[0]?.count ?? 0;
  }
}

function withWindows(tasks: readonly TaskRow[], windows: readonly WindowRow[]): GateTask[] {
  const byTask = Map.groupBy(windows, ({ taskId }) => taskId);
  return tasks.map((row) => ({ task: taskOf(row), windows: (byTask.get(row.taskId) ?? []).map(windowOf) }));
}

function wholeOf({ windows, watch, ...row }: WholeRow): GateTask & { readonly watch?: WatchReading } {
  return { task: taskOf(row), windows: windows.map(windowOf), ...(watch && { watch }) };
}

function shardColumns(shards: readonly OwnedShard[]): [number[], number[]] {
  // Ascending, so that two transactions lock the clocks in one order.
  const sorted = shards.toSorted((a, b) => a.partition - b.partition);
  return [sorted.map(({ partition }) => partition), sorted.map(({ epoch }) => epoch)];
}
