/** A task while it is being changed inside one transaction: collects what to append, to save and to tell. Pure but for its own fields. */
import { concerns, evolve, initialRound, openStatus } from '@tributary/convergence';
import { type Fact, payloadHash } from '@tributary/facts';
import { type GateTask, type LedgerEntry, type TaskRecord, type VerdictRecord, type WatchReading, type WindowRecord } from './gate.memory';

export interface Change {
  readonly task: TaskRecord;
  readonly windows: readonly WindowRecord[];
  readonly entries: readonly LedgerEntry[];
  readonly facts: readonly Fact[];
  readonly verdicts: readonly VerdictRecord[];
}

export class ChangingTask {
  #task: TaskRecord;
  readonly #windows: Map<number, WindowRecord>;
  readonly #touched = new Set<number>();
  readonly #entries: LedgerEntry[] = [];
  readonly #facts: Fact[] = [];
  readonly #verdicts: VerdictRecord[] = [];

  constructor(
    { task, windows }: GateTask,
    private readonly watch: Pick<WatchReading, 'watchMs' | 'wallMs'>,
  ) {
    this.#task = task;
    this.#windows = new Map(windows.map((window) => [window.round, window]));
  }

  get task(): TaskRecord {
    return this.#task;
  }

  get at(): string {
    return new Date(this.watch.wallMs).toISOString();
  }

  window(round: number): WindowRecord | undefined {
    return this.#windows.get(round);
  }

  get windows(): readonly WindowRecord[] {
    return [...this.#windows.values()];
  }

  /** The window that is open, or allotted and not yet opened. */
  get openWindow(): WindowRecord | undefined {
    return [...this.#windows.values()].find(({ closed }) => !closed);
  }

  get changed(): boolean {
    return this.#entries.length > 0 || this.#touched.size > 0;
  }

  update(changes: Partial<TaskRecord>): void {
    this.#task = { ...this.#task, ...changes };
  }

  put(window: WindowRecord): void {
    this.#windows.set(window.round, window);
    this.#touched.add(window.round);
  }

  /** The window of a round, made when nobody has allotted it yet. */
  windowFor(round: number): WindowRecord {
    return this.#windows.get(round) ?? { taskId: this.#task.taskId, partition: this.#task.partition, round, state: initialRound(round) };
  }

  /** Into the ledger and the round's state. `known`: the id is on record with another payload. Answers the entry. */
  record(fact: Fact, hash: string, { round, known = false }: { readonly round?: number; readonly known?: boolean } = {}): LedgerEntry {
    const sequence = this.#task.sequence + 1;
    const window = round === undefined ? undefined : this.windowFor(round);
    const entry: LedgerEntry = {
      taskId: this.#task.taskId,
      sequence,
      fact,
      payloadHash: hash,
      ...(round !== undefined && { round }),
      watchMs: this.watch.watchMs,
      recordedAt: this.at,
      late: window?.closed !== undefined,
      visible: !known,
    };
    this.#entries.push(entry);
    this.update({ sequence, lastFactAt: this.at });
    if (window && concerns(window.state, fact)) {
      this.put({ ...window, state: evolve(window.state, { fact, payloadHash: hash, sequence, watchMs: this.watch.watchMs }) });
    }
    this.#refreshStatus();
    return entry;
  }

  /** Records a fact of our own and tells it. */
  tell(fact: Fact, round?: number): LedgerEntry {
    this.#facts.push(fact);
    return this.record(fact, payloadHash(fact), round === undefined ? {} : { round });
  }

  settle(verdict: VerdictRecord): void {
    this.#verdicts.push(verdict);
  }

  /** What the ledger will hold for a round beside what it holds already. */
  pendingEntries(round: number): readonly LedgerEntry[] {
    return this.#entries.filter((entry) => entry.round === round);
  }

  change(): Change {
    return {
      task: this.#task,
      windows: [...this.#touched].map((round) => this.#windows.get(round)).filter((window) => window !== undefined),
      entries: this.#entries,
      facts: this.#facts,
      verdicts: this.#verdicts,
    };
  }

  #refreshStatus(): void {
    const first = this.#windows.get(1);
    if (this.#task.revision === 0 && first && !first.closed) this.update({ status: openStatus(first.state) });
  }
}
