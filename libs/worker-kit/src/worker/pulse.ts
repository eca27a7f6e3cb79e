/** When a scan says how far it is: at most once a second, and at least once per heartbeat even without progress. */
import { type Clock } from '@tributary/service-kit';
import { type Progress } from '../definition/worker-definition';

const pauseMs = 1_000;

export class Pulse {
  #progress: Progress = { done: 0, total: 0, unit: 'files' };
  #toldAt: number;
  #fresh = false;
  #cancel: () => void;

  /** `tell` is called later, never from within. */
  constructor(
    private readonly clock: Clock,
    private readonly heartbeatMs: number,
    private readonly tell: (progress: Progress) => void,
  ) {
    this.#toldAt = clock.monotonic();
    this.#cancel = this.#schedule();
  }

  progressed(progress: Progress): void {
    const { done, total, unit } = this.#progress;
    if (progress.done === done && progress.total === total && progress.unit === unit) return;
    this.#progress = progress;
    if (this.#fresh) return;
    this.#fresh = true;
    this.#cancel();
    this.#cancel = this.#schedule();
  }

  stop(): void {
    this.#cancel();
  }

  /** A beat comes early rather than late: the listener's clock runs, too. */
  #schedule(): () => void {
    const dueAt = this.#toldAt + (this.#fresh ? pauseMs : this.heartbeatMs * 0.8);
    return this.clock.after(Math.max(0, Math.ceil(dueAt - this.clock.monotonic())), () => {
      this.#toldAt = this.clock.monotonic();
      this.#fresh = false;
      this.#cancel = this.#schedule();
      this.tell(this.#progress);
    });
  }
}
