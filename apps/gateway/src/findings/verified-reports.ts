/** Are these the bytes that the worker's fact names? Hashed once, then remembered for as long as the object stays as it is. */
import { type PackageStore } from '@tributary/package-store';
import { type Log } from '@tributary/service-kit';
import { createHash } from 'node:crypto';
import { asProblem } from '../availability';
import { type ReportSource } from './task-reports';

/** Bytes of one report, as the contract for workers says. */
export const reportBytesMax = 256 * 1024 * 1024;
const rememberedMax = 5_000;

type Unfit = 'MISSING' | 'TOO_LARGE' | 'OTHER_SIZE' | 'OTHER_SHA256';

export class VerifiedReports {
  readonly #known = new Map<string, Promise<Unfit | undefined>>();

  constructor(
    private readonly store: Pick<PackageStore, 'head' | 'read'>,
    private readonly log: Log,
  ) {}

  /** A report that is not what its fact says counts as none; the log tells why. Rejects with a `Problem` (503) when the store is away. */
  async fit(source: ReportSource): Promise<boolean> {
    try {
      const unfit = await this.#judge(source);
      if (unfit !== undefined)
        this.log.warn({ type: source.type, key: source.key, reason: unfit }, 'a report is not what its fact says; its findings are left out');
      return unfit === undefined;
    } catch (error) {
      throw asProblem(error);
    }
  }

  async #judge({ key, size, sha256 }: ReportSource): Promise<Unfit | undefined> {
    const found = await this.store.head(key);
    if (!found) return 'MISSING';
    if (found.size > reportBytesMax) return 'TOO_LARGE';
    if (size !== undefined && size !== found.size) return 'OTHER_SIZE';
    if (sha256 === undefined) return undefined;
    const identity = JSON.stringify([key, sha256, found.size, found.modifiedAt.getTime()]);
    const judged = this.#known.get(identity) ?? this.#hash(key, sha256);
    this.#remember(identity, judged);
    return await judged;
  }

  async #hash(key: string, sha256: string): Promise<Unfit | undefined> {
    const hash = createHash('sha256');
    for await (const chunk of (await this.store.read(key)) as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex') === sha256 ? undefined : 'OTHER_SHA256';
  }

  #remember(identity: string, judged: Promise<Unfit | undefined>): void {
    this.#known.delete(identity);
    this.#known.set(identity, judged);
    judged.catch(() => this.#known.delete(identity));
    const [oldest] = this.#known.keys();
    if (this.#known.size > rememberedMax && oldest !== undefined) this.#known.delete(oldest);
  }
}
