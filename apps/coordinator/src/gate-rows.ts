/** Between rows and records: columns for `unnest`, and what comes back. */
import { type Fact } from '@tributary/facts';
import { type LedgerEntry, type TaskRecord, type VerdictRecord, type WatchReading, type WindowRecord } from './gate.memory';

type Nullable<T> = { [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };
export type TaskRow = Omit<Nullable<TaskRecord>, 'lastFactAt'> & { lastFactAt: Date | null };
export type WindowRow = Nullable<WindowRecord>;
/** A task with its rounds and its shard's clock. */
export type WholeRow = TaskRow & { readonly windows: readonly WindowRow[]; readonly watch: WatchReading | null };
type LedgerRow = Omit<Nullable<LedgerEntry>, 'recordedAt'> & { recordedAt: Date };
type VerdictRow = Omit<VerdictRecord, 'at'> & { at: Date };

/** The record without the columns that are null. */
function given<T extends object>(row: Nullable<T>): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}

export function taskOf({ lastFactAt, ...row }: TaskRow & { readonly created_at?: unknown }): TaskRecord {
  // A page of versions carries its sort column along.
  const { created_at: _sortColumn, ...rest } = row;
  return given<TaskRecord>({ ...rest, lastFactAt: lastFactAt?.toISOString() ?? null });
}

export function windowOf(row: WindowRow): WindowRecord {
  return given<WindowRecord>(row);
}

export function ledgerEntryOf({ recordedAt, ...row }: LedgerRow): LedgerEntry {
  return given<LedgerEntry>({ ...row, recordedAt: recordedAt.toISOString() });
}

export function verdictOf({ at, ...row }: VerdictRow): VerdictRecord {
  return { ...row, at: at.toISOString() };
}

export function taskColumns(tasks: readonly TaskRecord[]): unknown[][] {
  return [
    tasks.map(({ taskId }) => taskId),
    tasks.map(({ status }) => status),
    tasks.map(({ revision }) => revision),
    tasks.map(({ round }) => round),
    tasks.map(({ lastRound }) => lastRound),
    tasks.map(({ sequence }) => sequence),
    tasks.map(({ created }) => json(created)),
    tasks.map(({ lastFactAt }) => lastFactAt ?? null),
    tasks.map(({ verdictHash }) => verdictHash ?? null),
  ];
}

export function windowColumns(windows: readonly WindowRecord[], tasks: ReadonlyMap<string, TaskRecord>): unknown[][] {
  return [
    windows.map(({ taskId }) => taskId),
    windows.map(({ round }) => round),
    windows.map(({ partition }) => partition),
    windows.map(({ state }) => json(state)),
    windows.map(({ openedBy }) => openedBy ?? null),
    windows.map(({ opened }) => json(opened)),
    windows.map(({ dueWatchMs }) => dueWatchMs ?? null),
    windows.map(({ taskId, opened }) => (opened ? opened.watchMs + (tasks.get(taskId)?.created?.policy.participationMs ?? 0) : null)),
    windows.map(({ closed }) => json(closed)),
  ];
}

export function ledgerColumns(entries: readonly LedgerEntry[]): unknown[][] {
  return [
    entries.map(({ taskId }) => taskId),
    entries.map(({ sequence }) => sequence),
    entries.map(({ fact }) => fact.id),
    entries.map(({ payloadHash }) => payloadHash),
    entries.map(({ fact }: { fact: Fact }) => JSON.stringify(fact)),
    entries.map(({ round }) => round ?? null),
    entries.map(({ watchMs }) => watchMs),
    entries.map(({ recordedAt }) => recordedAt),
    entries.map(({ late }) => late),
    entries.map(({ visible }) => visible),
  ];
}

export function verdictColumns(verdicts: readonly VerdictRecord[]): unknown[][] {
  return [
    verdicts.map(({ taskId }) => taskId),
    verdicts.map(({ revision }) => revision),
    verdicts.map(({ round }) => round),
    verdicts.map(({ status }) => status),
    verdicts.map(({ canonical }) => canonical),
    verdicts.map(({ verdictHash }) => verdictHash),
    verdicts.map(({ explanation }) => json(explanation)),
    verdicts.map(({ product }) => product),
    verdicts.map(({ joinedTypes }) => json(joinedTypes)),
    verdicts.map(({ at }) => at),
  ];
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
