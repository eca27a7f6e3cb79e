/** The port to a worker's own rows: in its own words, in batches, inside the caller's transaction. */
import { type Transaction } from '@tributary/persistence';
import { type PublishedConfig } from '../definition/worker-config';
import { type Candidate, type ClaimedRun, type Manifest, type RunKey, type RunState, type ShownRun } from './run';

export interface ClosedWindow {
  readonly tenant: string;
  readonly taskId: string;
  readonly round: number;
  /** Ends what runs as well; otherwise only what nobody has started is dropped. */
  readonly cancelled: boolean;
}

/** What becomes of a held run. */
export type Change =
  /** Still at it: the lease is renewed. `underway`: the scan has begun; from then on a lost holder counts as a failure. */
  | { readonly kind: 'beat'; readonly underway: boolean }
  /** Takes part; the lease is renewed. Not `underway`: the scan waits for its turn, and a holder that is lost meanwhile is no failure of the run. */
  | { readonly kind: 'start'; readonly manifest: Manifest | undefined; readonly configRevision: number; readonly underway: boolean }
  /** The end, whichever. */
  | { readonly kind: 'end'; readonly state: 'DECLINED' | 'DONE' | 'FAILED'; readonly outcome: string }
  /** A try went wrong; free again after a while. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly outcome: string }
  /** Handed back in good order: free at once. */
  | { readonly kind: 'release' };

/** A change by whoever holds the run in this attempt; everybody else's touches nothing. */
export interface Step {
  readonly key: RunKey;
  readonly attempt: number;
  readonly change: Change;
}

export interface Claim {
  readonly owner: string;
  /** Rows at most. */
  readonly limit: number;
  readonly leaseMs: number;
}

export interface RunFilter {
  readonly state?: RunState | undefined;
  readonly taskId?: string | undefined;
  readonly limit: number;
}

/** Times are the database's own; durations are in milliseconds. */
export interface RunMemory {
  /** Rows that exist stay as they are: a fact told twice makes one run. Answers how many are new. */
  add(tx: Transaction, candidates: readonly Candidate[]): Promise<number>;
  /** Answers the runs that were ended by it. */
  close(tx: Transaction, windows: readonly ClosedWindow[]): Promise<readonly RunKey[]>;
  /** Takes free rows and those whose lease is over, oldest first; rows that another transaction holds are left out. */
  claim(tx: Transaction, claim: Claim): Promise<readonly ClaimedRun[]>;
  /** At most one step per run. Answers the keys (`keyOf`) of those that were still ours. */
  apply(tx: Transaction, owner: string, leaseMs: number, steps: readonly Step[]): Promise<ReadonlySet<string>>;
  /** Milliseconds until a row that `owner` does not hold becomes free, at least 0; undefined: there is none. */
  nextDue(tx: Transaction, owner: string): Promise<number | undefined>;
  /** Newest first. */
  list(tx: Transaction, filter: RunFilter): Promise<readonly ShownRun[]>;
  /** Forgets rows that ended longer ago than this; at most `limit`. */
  prune(tx: Transaction, olderThanMs: number, limit: number): Promise<number>;
  /** Kept unless a newer revision is known. */
  saveConfig(tx: Transaction, tenant: string, config: PublishedConfig): Promise<void>;
  /** Undefined: nobody has published any for this tenant. */
  config(tx: Transaction, tenant: string): Promise<PublishedConfig | undefined>;
}
