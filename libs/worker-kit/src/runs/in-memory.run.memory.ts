/** A worker's rows in one process's memory: for tests and the simulation. */
import { type Clock, instant } from '@tributary/service-kit';
import { InMemoryTable, type Transaction } from '@tributary/persistence';
import { type PublishedConfig } from '../definition/worker-config';
import { type Candidate, type ClaimedRun, keyOf, type Manifest, type RunKey, type RunState, type ShownRun } from './run';
import { type Change, type Claim, type ClosedWindow, type RunFilter, type RunMemory, type Step } from './run.memory';

interface Row extends Candidate {
  readonly state: RunState;
  readonly attempt: number;
  readonly failures: number;
  /** A holder that is lost now counts as a failure. */
  readonly underway: boolean;
  readonly owner: string | undefined;
  /** Free from then on, or when the lease ends; undefined once it has ended. */
  readonly freeAt: number | undefined;
  readonly manifest: Manifest | undefined;
  readonly outcome: string | undefined;
  readonly updatedAt: number;
}

/** Shared by all replicas of one service, as its database would be. */
export class InMemoryRunMemory implements RunMemory {
  readonly #rows = new InMemoryTable<string, Row>();
  readonly #configs = new InMemoryTable<string, PublishedConfig>();

  constructor(private readonly clock: Clock) {}

  add(tx: Transaction, candidates: readonly Candidate[]): Promise<number> {
    const fresh = candidates.filter((candidate, at) => {
      const key = keyOf(candidate);
      return this.#rows.get(key) === undefined && candidates.findIndex((other) => keyOf(other) === key) === at;
    });
    const now = this.clock.now();
    for (const candidate of fresh) {
      const row: Row = {
        ...candidate,
        state: 'CANDIDATE',
        attempt: 0,
        failures: 0,
        underway: false,
        owner: undefined,
        freeAt: now,
        manifest: undefined,
        outcome: undefined,
        updatedAt: now,
      };
      this.#rows.set(tx, keyOf(candidate), row);
    }
    return Promise.resolve(fresh.length);
  }

  close(tx: Transaction, windows: readonly ClosedWindow[]): Promise<readonly RunKey[]> {
    const ended = this.#rows
      .values()
      .filter((row) =>
        windows.some(
          ({ tenant, taskId, round, cancelled }) =>
            row.tenant === tenant && row.taskId === taskId && row.round === round && (row.state === 'CANDIDATE' || (row.state === 'RUNNING' && cancelled)),
        ),
      );
    for (const row of ended) this.#set(tx, { ...row, state: 'CANCELLED', owner: undefined, freeAt: undefined, outcome: 'WINDOW_CLOSED' });
    return Promise.resolve(ended);
  }

  claim(tx: Transaction, { owner, limit, leaseMs }: Claim): Promise<readonly ClaimedRun[]> {
    const now = this.clock.now();
    const free = this.#rows
      .values()
      .filter(({ freeAt }) => freeAt !== undefined && freeAt <= now)
      .sort((a, b) => (a.freeAt ?? 0) - (b.freeAt ?? 0))
      .slice(0, limit);
    return Promise.resolve(
      free.map((row) => {
        const claimed: Row = {
          ...row,
          owner,
          attempt: row.attempt + 1,
          failures: row.failures + (row.owner !== undefined && row.underway ? 1 : 0),
          underway: row.state === 'CANDIDATE',
          freeAt: now + leaseMs,
        };
        this.#set(tx, claimed);
        return claimed as ClaimedRun;
      }),
    );
  }

  apply(tx: Transaction, owner: string, leaseMs: number, steps: readonly Step[]): Promise<ReadonlySet<string>> {
    const applied = new Set<string>();
    for (const { key, attempt, change } of steps) {
      const row = this.#rows.get(keyOf(key));
      if (row?.owner !== owner || row.attempt !== attempt) continue;
      this.#set(tx, this.#changed(row, change, leaseMs));
      applied.add(keyOf(key));
    }
    return Promise.resolve(applied);
  }

  nextDue(_tx: Transaction, owner: string): Promise<number | undefined> {
    const due = this.#rows.values().flatMap((row) => (row.freeAt === undefined || row.owner === owner ? [] : [row.freeAt]));
    return Promise.resolve(due.length === 0 ? undefined : Math.max(0, Math.min(...due) - this.clock.now()));
  }

  list(_tx: Transaction, { state, taskId, limit }: RunFilter): Promise<readonly ShownRun[]> {
    const found = this.#rows
      .values()
      .filter((row) => (state === undefined || row.state === state) && (taskId === undefined || row.taskId === taskId))
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .slice(0, limit);
    return Promise.resolve(
      found.map(({ tenant, taskId: task, round, subTaskType, state: stands, attempt, failures, owner, outcome, updatedAt }) => ({
        ...{ tenant, taskId: task, round, subTaskType, state: stands, attempt, failures, owner, outcome },
        updatedAt: instant(updatedAt),
      })),
    );
  }

  prune(tx: Transaction, olderThanMs: number, limit: number): Promise<number> {
    const before = this.clock.now() - olderThanMs;
    const old = this.#rows
      .values()
      .filter(({ freeAt, updatedAt }) => freeAt === undefined && updatedAt < before)
      .slice(0, limit);
    for (const row of old) this.#rows.delete(tx, keyOf(row));
    return Promise.resolve(old.length);
  }

  saveConfig(tx: Transaction, tenant: string, config: PublishedConfig): Promise<void> {
    const known = this.#configs.get(tenant);
    if (!known || known.revision < config.revision) this.#configs.set(tx, tenant, config);
    return Promise.resolve();
  }

  config(_tx: Transaction, tenant: string): Promise<PublishedConfig | undefined> {
    return Promise.resolve(this.#configs.get(tenant));
  }

  #changed(row: Row, change: Change, leaseMs: number): Row {
    const now = this.clock.now();
    switch (change.kind) {
      case 'beat':
        return { ...row, freeAt: now + leaseMs, underway: row.underway || change.underway };
      case 'start':
        return { ...row, state: 'RUNNING', underway: change.underway, freeAt: now + leaseMs, manifest: change.manifest };
      case 'end':
        return { ...row, state: change.state, owner: undefined, freeAt: undefined, outcome: change.outcome };
      case 'retry':
        return { ...row, owner: undefined, freeAt: now + change.afterMs, failures: row.failures + 1, outcome: change.outcome };
      case 'release':
        return { ...row, owner: undefined, freeAt: now };
    }
  }

  #set(tx: Transaction, row: Row): void {
    this.#rows.set(tx, keyOf(row), { ...row, updatedAt: this.clock.now() });
  }
}
