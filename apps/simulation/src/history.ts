/** What happened, in the order in which it happened: JSON lines for people, for the checker, and for the hash that says whether two runs were the same. */
import { createHash } from 'node:crypto';

export interface HistoryEvent {
  /** Monotonic virtual time, ms. */
  readonly t: number;
  /** `coordinator-1#3`: replica and incarnation; `client`, `nemesis`, `bus`. */
  readonly process: string;
  /** `info`: it is unknown, or merely worth knowing. */
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  readonly f: 'upload' | 'fact' | 'commit' | 'effect' | 'cancel' | 'rescan' | 'poll' | 'ledger' | 'dead-letter' | 'fault' | 'phase';
  /** The task, or what a fault befell. */
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly tenant: string;
  readonly seed: number;
}

export type Happening = Pick<HistoryEvent, 'process' | 'type' | 'f' | 'key'> & { readonly value?: Readonly<Record<string, unknown>> };

export class History {
  readonly events: HistoryEvent[] = [];
  readonly #hash = createHash('sha256');

  constructor(
    private readonly seed: number,
    private readonly elapsed: () => number,
  ) {}

  add({ process, type, f, key, value = {} }: Happening): void {
    const event: HistoryEvent = { t: this.elapsed(), process, type, f, key, value, tenant: 'default', seed: this.seed };
    this.events.push(event);
    this.#hash.update(`${lineOf(event)}\n`);
  }

  /** Of all that happened so far; lower-case hex. */
  hash(): string {
    return this.#hash.copy().digest('hex');
  }
}

export function lineOf(event: HistoryEvent): string {
  return JSON.stringify(event);
}
