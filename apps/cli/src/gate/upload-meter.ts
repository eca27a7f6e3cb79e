/** How far an upload is: a line that is drawn over itself in a terminal, a line now and then elsewhere. */
import { type Invocation } from '../invocation';
import { type LocalFile } from '../local-file';
import { bytesText, durationText } from '../quantities';
import { barOf } from '../watch/lanes';
import { type Drawing } from '../watch/view';

const drawEveryMs = 100;
const lineEveryMs = 10_000;

export class UploadMeter {
  readonly #began: number;
  #told: number;

  private constructor(
    private readonly invocation: Invocation,
    private readonly file: LocalFile,
    private readonly draw: Drawing | undefined,
  ) {
    this.#began = invocation.world.now();
    this.#told = this.#began;
  }

  static async start(invocation: Invocation, file: LocalFile): Promise<UploadMeter> {
    if (!invocation.live) return new UploadMeter(invocation, file, undefined);
    const { createLogUpdate } = await import('log-update');
    return new UploadMeter(invocation, file, createLogUpdate(invocation.world.stderr as NodeJS.WriteStream));
  }

  /** Bytes of this attempt. */
  sent(bytes: number): void {
    const now = this.invocation.world.now();
    if (now - this.#told < (this.draw ? drawEveryMs : lineEveryMs)) return;
    this.#told = now;
    const line = meterText(this.invocation, bytes, this.file.size, now - this.#began);
    if (this.draw) this.draw(`${this.invocation.aside('accent', barOf(bytes / this.file.size))}  ${line}`);
    else this.invocation.note(line);
  }

  note(line: string): void {
    this.draw?.clear();
    this.invocation.note(line);
  }

  end(): void {
    this.draw?.clear();
    this.draw?.done();
  }
}

export function meterText(invocation: Pick<Invocation, 'text'>, sent: number, size: number, elapsedMs: number): string {
  const perMs = sent / Math.max(1, elapsedMs);
  return invocation.text('uploadProgress', {
    percent: Math.floor((sent / size) * 100),
    sent: bytesText(sent),
    size: bytesText(size),
    rate: bytesText(perMs * 1_000),
    left: durationText(perMs === 0 ? 0 : (size - sent) / perMs),
  });
}
