/** What the coordinator remembers, as a port: tasks, windows, the ledger, verdicts, and the clocks of its shards. */
import { type ClosedBy, type Fact, type FinalStatus, type PolicySnapshot, type TaskContext, type TaskStatus } from '@tributary/facts';
import { type Explanation, type Included, type RoundState } from '@tributary/convergence';
import { type Transaction } from '@tributary/fact-bus';

/** The first tenant; part of every key. */
export const tenant = 'default';

export interface TaskRecord {
  readonly taskId: string;
  /** Partition of the key: which shard judges it. */
  readonly partition: number;
  readonly status: TaskStatus;
  /** 0 before a verdict. */
  readonly revision: number;
  /** The round of the standing verdict; 1 before the first. */
  readonly round: number;
  /** The newest round that was allotted; 0 while nobody has told of the upload. */
  readonly lastRound: number;
  /** How many facts the ledger holds. */
  readonly sequence: number;
  /** Absent while facts (a cancel, a worker's) have overtaken the upload. */
  readonly created?: {
    readonly at: string;
    readonly product: string;
    readonly version: string;
    readonly context: TaskContext;
    readonly policy: PolicySnapshot;
    /** `traceparent` that everything about the task descends from. */
    readonly traceparent?: string;
  };
  readonly lastFactAt?: string;
  readonly verdictHash?: string;
}

export interface WindowRecord {
  readonly taskId: string;
  readonly partition: number;
  readonly round: number;
  readonly state: RoundState;
  /** The fact that opened it, or is to open it: MainTaskCreated or RescanRequested. */
  readonly openedBy?: string;
  /** Absent until the shard's owner has opened it. */
  readonly opened?: {
    readonly at: string;
    /** Shard watch time from which its durations count; moved when participation begins anew. */
    readonly watchMs: number;
    /** What the shard had paused in all when the durations began to count. */
    readonly shardPausedMs: number;
    /** Pauses before a new beginning, ms. */
    readonly pausedBeforeMs: number;
  };
  /** Shard watch time before which nothing but a new fact can close it; absent while it is not open. */
  readonly dueWatchMs?: number;
  readonly closed?: {
    readonly by: ClosedBy;
    readonly at: string;
    readonly cutoff: number;
    readonly knownTypes: readonly string[];
    readonly unreachable: readonly string[];
    readonly pausedMs: number;
    readonly factId: string;
  };
}

export interface LedgerEntry {
  readonly taskId: string;
  readonly sequence: number;
  readonly fact: Fact;
  readonly payloadHash: string;
  /** Of the facts that a round folds. */
  readonly round?: number;
  readonly watchMs: number;
  readonly recordedAt: string;
  readonly late: boolean;
  /** False for a second payload under a known id: kept, not shown. */
  readonly visible: boolean;
}

export interface VerdictRecord {
  readonly taskId: string;
  readonly revision: number;
  readonly round: number;
  readonly status: FinalStatus;
  readonly canonical: string;
  readonly verdictHash: string;
  readonly explanation: Explanation;
  readonly product: string;
  readonly joinedTypes: readonly string[];
  readonly at: string;
}

/** A task with the windows of all its rounds. */
export interface GateTask {
  readonly task: TaskRecord;
  readonly windows: readonly WindowRecord[];
}

/** What a shard's clock says; all in ms, all by the database's clock. */
export interface WatchReading {
  readonly partition: number;
  /** Time watched in all. */
  readonly watchMs: number;
  /** Time not watched in all. */
  readonly pausedMs: number;
  /** Since 1970; `wallMs` differences are the sum of the other two's. */
  readonly wallMs: number;
  /** This very reading found a pause. */
  readonly afterPause: boolean;
  /** Up to here the bus was proven readable; what was counted beyond is not held against those who could not come forward. Absent: all of it was. */
  readonly provenWatchMs?: number;
}

/** How to take a gap of a shard's clock. */
export interface Patience {
  /** A longer gap is a pause, ms; negative while the bus is not proven readable: then every gap is. */
  readonly pauseMs: number;
  readonly provenWatchMs?: number;
}

export interface OwnedShard {
  readonly partition: number;
  readonly epoch: number;
}

export interface DueWindow {
  readonly taskId: string;
  readonly round: number;
  readonly partition: number;
  readonly dueWatchMs: number;
}

export interface TaskQuery {
  readonly product?: string;
  readonly version?: string;
  readonly status?: TaskStatus;
  readonly limit: number;
  /** Exclusive: continue behind this task. */
  readonly before?: { readonly createdAt: string; readonly taskId: string };
}

export interface ProductRecord {
  readonly product: string;
  /** How many versions were uploaded; counted up to `versionsCountedMax`. */
  readonly versions: number;
  readonly latest: TaskRecord;
}

/** A product with more versions says this number: a list must not cost more than its page. */
export const versionsCountedMax = 100;

export interface GateMemory {
  /** A new owner: the clock goes on from where it stood, the time between counts as paused. `pauseMs`: a shorter gap than this is no pause. */
  takeOver(tx: Transaction, shards: readonly OwnedShard[], pauseMs: number): Promise<readonly WatchReading[]>;
  /** Moves the clocks; answers only the shards that are still ours. A gap of more than `pauseMs` is a pause. */
  advance(tx: Transaction, shards: readonly OwnedShard[], pauseMs: number): Promise<readonly WatchReading[]>;
  /** Locks tasks in the order of their ids; unknown ones are made. */
  lock(tx: Transaction, tasks: readonly { readonly taskId: string; readonly partition: number }[]): Promise<readonly GateTask[]>;
  /** The marks (see `factMark`), with and without the payload's hash, of those that the ledgers of these (locked) tasks hold. */
  recorded(tx: Transaction, marks: readonly { readonly taskId: string; readonly factId: string }[]): Promise<ReadonlySet<string>>;
  append(tx: Transaction, entries: readonly LedgerEntry[]): Promise<void>;
  save(tx: Transaction, tasks: readonly TaskRecord[], windows: readonly WindowRecord[]): Promise<void>;
  /** Throws when a (task, revision) exists. */
  settle(tx: Transaction, verdicts: readonly VerdictRecord[]): Promise<void>;
  /** What a round's digest covers, up to the cutoff. */
  included(tx: Transaction, taskId: string, round: number, cutoff: number): Promise<readonly Included[]>;
  /** Types that joined in the last five verdicts of a product, sorted. */
  knownTypes(tx: Transaction, product: string): Promise<readonly string[]>;
  /** Open windows of a shard whose participation is not over at this watch time. */
  inParticipation(tx: Transaction, partition: number, watchMs: number): Promise<readonly string[]>;

  /** The next windows to fall due in these shards, the earliest first. */
  nextDue(partitions: readonly number[], limit: number): Promise<readonly DueWindow[]>;
  find(taskId: string): Promise<(GateTask & { readonly watch?: WatchReading }) | undefined>;
  list(query: TaskQuery): Promise<readonly (GateTask & { readonly watch?: WatchReading })[]>;
  facts(taskId: string, after: number, limit: number): Promise<readonly LedgerEntry[]>;
  /** The newest without a revision. */
  verdict(taskId: string, revision?: number): Promise<VerdictRecord | undefined>;
  /** Latest task per version, newest version first. */
  versions(product: string, limit: number, before?: { readonly createdAt: string; readonly taskId: string }): Promise<readonly TaskRecord[]>;
  /** Products with their newest task, by name in byte order, behind `after`. */
  products(limit: number, after?: string): Promise<readonly ProductRecord[]>;
  /** Facts of tasks that nobody created: removed when older; answers how many. */
  forgetUncreated(tx: Transaction, olderThan: string): Promise<number>;
}

/** How `recorded` names a fact: an id is told apart per task. */
export function factMark(taskId: string, factId: string, payloadHash?: string): string {
  return payloadHash === undefined ? `${taskId}/${factId}` : `${taskId}/${factId}:${payloadHash}`;
}

/** What a window has paused so far. */
export function pausedMs(window: WindowRecord, watch: Pick<WatchReading, 'pausedMs'> | undefined): number {
  if (window.closed) return window.closed.pausedMs;
  if (!window.opened) return 0;
  return window.opened.pausedBeforeMs + Math.max(0, (watch?.pausedMs ?? window.opened.shardPausedMs) - window.opened.shardPausedMs);
}

export function participationOver(
  { opened }: WindowRecord,
  policy: Pick<PolicySnapshot, 'participationMs'>,
  { watchMs, provenWatchMs = watchMs }: Pick<WatchReading, 'watchMs' | 'provenWatchMs'>,
): boolean {
  return opened !== undefined && opened.watchMs + policy.participationMs <= provenWatchMs;
}
