/** A bound on how much happens at once: some run, some wait their turn, the rest are told to come back. */
import { type Clock } from '@tributary/service-kit';
import { unavailable } from '../availability';

export interface SlotsOptions {
  readonly atOnce: number;
  readonly waitingMax: number;
  readonly waitMsMax: number;
  readonly clock: Pick<Clock, 'after'>;
}

export class Slots {
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor(private readonly options: SlotsOptions) {}

  /** Answers how to give the slot back, once. Rejects with a `Problem` (503) when too many wait, or one waits too long. */
  async take(): Promise<() => void> {
    if (this.#taken < this.options.atOnce) this.#taken++;
    else await this.#turn();
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#giveBack();
    };
  }

  async #turn(): Promise<void> {
    const { waitingMax, waitMsMax, clock } = this.options;
    if (this.#waiting.size >= waitingMax) throw tooBusy();
    await new Promise<void>((resolve, reject) => {
      const mine = (): void => {
        cancel();
        resolve();
      };
      const cancel = clock.after(waitMsMax, () => {
        this.#waiting.delete(mine);
        reject(tooBusy());
      });
      this.#waiting.add(mine);
    });
  }

  /** The slot goes to who waits longest; only without one it becomes free. */
  #giveBack(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#taken--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

function tooBusy(): Error {
  return unavailable('TOO_BUSY', { en: 'Too many uploads are under way; try again.', zh: '正在处理的上传过多，请稍后重试。' });
}
