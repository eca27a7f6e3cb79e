/** What a signal to stop means when it may not be the first: drain, the same wish heard again, or somebody who will not wait. */

/** Signals so close together are one wish: npm hands on what the terminal has sent the whole process group already, so one Ctrl-C arrives twice. */
const echoMs = 1_500;

export class StopWish {
  #since: number | undefined;

  /** Monotonic milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  heard(): 'drain' | 'echo' | 'end at once' {
    if (this.#since === undefined) {
      this.#since = this.now();
      return 'drain';
    }
    return this.now() - this.#since > echoMs ? 'end at once' : 'echo';
  }
}
