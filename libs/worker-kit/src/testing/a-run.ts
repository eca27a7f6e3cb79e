/** Candidates and clocks for tests. */
import { defaultPolicy } from '@tributary/facts';
import { type Clock } from '@tributary/service-kit';
import { type Candidate } from '../runs/run';

export function aCandidate(taskId: string, changes: Partial<Candidate> = {}): Candidate {
  return {
    tenant: 'default',
    taskId,
    round: 1,
    subTaskType: 'TEST',
    causeId: '0197c0de-0000-7000-8000-000000000001',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    context: { filePath: `store:tasks/${taskId}/package.zip`, fileName: 'a.zip', product: 'p', version: '1' },
    budgets: defaultPolicy.budgets,
    ...changes,
  };
}

/** A clock that moves when it is told to. Timers run in the order in which they are due; between two of them everything that was begun may finish. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  #next = 0;

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + delayMs, run });
    return () => {
      this.#timers.delete(id);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  async advance(byMs: number): Promise<void> {
    const until = this.#now + byMs;
    await settled();
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= until).sort(([a, one], [b, other]) => one.at - other.at || a - b)[0];
      if (!due) break;
      const [id, { at, run }] = due;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      run();
      await settled();
    }
    this.#now = until;
  }
}

/** Lets everything that waits for nothing outside finish. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
