/** A worker's rows in its own schema of a PostgreSQL database. */
import { sqlOf, type Transaction } from '@tributary/persistence';
import { type PublishedConfig } from '../definition/worker-config';
import { type Candidate, type ClaimedRun, keyOf, type RunKey, type ShownRun } from './run';
import { type Change, type Claim, type ClosedWindow, type RunFilter, type RunMemory, type Step } from './run.memory';
import { addCandidatesSql } from './sql/add-candidates.sql';
import { applyStepsSql } from './sql/apply-steps.sql';
import { claimSql } from './sql/claim.sql';
import { closeWindowsSql } from './sql/close-windows.sql';
import { listRunsSql } from './sql/list-runs.sql';
import { nextDueSql } from './sql/next-due.sql';
import { pruneRunsSql } from './sql/prune-runs.sql';
import { readConfigSql } from './sql/read-config.sql';
import { saveConfigSql } from './sql/save-config.sql';

interface ClaimedRow extends Omit<ClaimedRun, 'manifest' | 'traceparent'> {
  readonly traceparent: string | null;
  readonly manifestSha256: string | null;
  readonly manifestFormat: number | null;
}

interface ShownRow extends Omit<ShownRun, 'owner' | 'outcome' | 'updatedAt'> {
  readonly owner: string | null;
  readonly outcome: string | null;
  readonly updatedAt: Date;
}

/** Statements name their tables alone: the connection's search path is the worker's own schema. */
export class PostgresRunMemory implements RunMemory {
  async add(tx: Transaction, candidates: readonly Candidate[]): Promise<number> {
    if (candidates.length === 0) return 0;
    const added = await sqlOf(tx).query(addCandidatesSql, [
      ...keyColumns(candidates),
      candidates.map(({ causeId }) => causeId),
      candidates.map(({ traceparent }) => traceparent ?? null),
      candidates.map(({ context }) => JSON.stringify(context)),
      candidates.map(({ budgets }) => JSON.stringify(budgets)),
    ]);
    return added.length;
  }

  async close(tx: Transaction, windows: readonly ClosedWindow[]): Promise<readonly RunKey[]> {
    if (windows.length === 0) return [];
    return await sqlOf(tx).query<RunKey>(closeWindowsSql, [
      windows.map(({ tenant }) => tenant),
      windows.map(({ taskId }) => taskId),
      windows.map(({ round }) => round),
      windows.map(({ cancelled }) => cancelled),
    ]);
  }

  async claim(tx: Transaction, { owner, limit, leaseMs }: Claim): Promise<readonly ClaimedRun[]> {
    const rows = await sqlOf(tx).query<ClaimedRow>(claimSql, [owner, limit, leaseMs]);
    return rows.map(({ manifestSha256, manifestFormat, traceparent, ...row }) => ({
      ...row,
      traceparent: traceparent ?? undefined,
      manifest: manifestSha256 === null || manifestFormat === null ? undefined : { sha256: manifestSha256, format: manifestFormat },
    }));
  }

  async apply(tx: Transaction, owner: string, leaseMs: number, steps: readonly Step[]): Promise<ReadonlySet<string>> {
    if (steps.length === 0) return new Set();
    const columns = steps.map(({ change }) => columnsOf(change));
    const column = <K extends keyof StepColumns>(name: K): StepColumns[K][] => columns.map((values) => values[name]);
    const applied = await sqlOf(tx).query<RunKey>(applyStepsSql, [
      owner,
      leaseMs,
      ...keyColumns(steps.map(({ key }) => key)),
      steps.map(({ attempt }) => attempt),
      column('state'),
      column('holds'),
      column('afterMs'),
      column('failed'),
      column('outcome'),
      column('manifestSha256'),
      column('manifestFormat'),
      column('configRevision'),
      column('underway'),
    ]);
    return new Set(applied.map(keyOf));
  }

  async nextDue(tx: Transaction, owner: string): Promise<number | undefined> {
    const [row] = await sqlOf(tx).query<{ dueMs: number | null }>(nextDueSql, [owner]);
    return row?.dueMs == null ? undefined : Math.max(0, Math.ceil(row.dueMs));
  }

  async list(tx: Transaction, { state, taskId, limit }: RunFilter): Promise<readonly ShownRun[]> {
    const rows = await sqlOf(tx).query<ShownRow>(listRunsSql, [state ?? null, taskId ?? null, limit]);
    return rows.map(({ owner, outcome, updatedAt, ...row }) => ({
      ...row,
      owner: owner ?? undefined,
      outcome: outcome ?? undefined,
      updatedAt: updatedAt.toISOString(),
    }));
  }

  async prune(tx: Transaction, olderThanMs: number, limit: number): Promise<number> {
    return await sqlOf(tx).execute(pruneRunsSql, [olderThanMs, limit]);
  }

  async saveConfig(tx: Transaction, tenant: string, { revision, config, products }: PublishedConfig): Promise<void> {
    await sqlOf(tx).execute(saveConfigSql, [tenant, revision, JSON.stringify(config), JSON.stringify(products)]);
  }

  async config(tx: Transaction, tenant: string): Promise<PublishedConfig | undefined> {
    const [row] = await sqlOf(tx).query<PublishedConfig>(readConfigSql, [tenant]);
    return row;
  }
}

function keyColumns(keys: readonly RunKey[]): [string[], string[], number[], string[]] {
  return [keys.map(({ tenant }) => tenant), keys.map(({ taskId }) => taskId), keys.map(({ round }) => round), keys.map(({ subTaskType }) => subTaskType)];
}

interface StepColumns {
  readonly state: string | null;
  readonly holds: boolean;
  readonly afterMs: number | null;
  readonly failed: boolean;
  readonly outcome: string | null;
  readonly manifestSha256: string | null;
  readonly manifestFormat: number | null;
  readonly configRevision: number | null;
  readonly underway: boolean | null;
}

const unchanged: StepColumns = {
  state: null,
  holds: false,
  afterMs: null,
  failed: false,
  outcome: null,
  manifestSha256: null,
  manifestFormat: null,
  configRevision: null,
  underway: null,
};

function columnsOf(change: Change): StepColumns {
  switch (change.kind) {
    case 'beat':
      return { ...unchanged, holds: true, underway: change.underway || null };
    case 'start': {
      const { manifest, configRevision } = change;
      return {
        ...unchanged,
        state: 'RUNNING',
        holds: true,
        underway: change.underway,
        manifestSha256: manifest?.sha256 ?? null,
        manifestFormat: manifest?.format ?? null,
        configRevision,
      };
    }
    case 'end':
      return { ...unchanged, state: change.state, outcome: change.outcome };
    case 'retry':
      return { ...unchanged, afterMs: change.afterMs, failed: true, outcome: change.outcome };
    case 'release':
      return { ...unchanged, afterMs: 0 };
  }
}
