/**
 * The findings of one task while they arrive page by page, and the groups that are shown of them. Kept outside of the components: pages are
 * grouped as they come, a new grouping is made in slices between two frames, and components hear of it a few times a second at most.
 */
import { type ListOf, type ShownFinding } from '@tributary/http-api';
import { type FindingQuery } from './finding-query';
import { type FindingGroup, GroupedFindings } from './grouped-findings';

export interface FindingsState {
  /** Grows in place; `loaded` says how far it is valid. */
  readonly all: readonly ShownFinding[];
  readonly loaded: number;
  readonly complete: boolean;
  readonly error?: unknown;
  readonly groups: readonly FindingGroup[];
  /** How many findings the groups hold. */
  readonly total: number;
  readonly perSeverity: Readonly<Record<string, number>>;
  readonly perType: Readonly<Record<string, number>>;
  /** There were more than a page: the list begins closed. */
  readonly many: boolean;
  /** The groups of a new question are still being made. */
  readonly regrouping: boolean;
}

export type LoadPage = (cursor: string | undefined, signal: AbortSignal) => Promise<ListOf<ShownFinding>>;
type Later = (work: () => void, delayMs: number) => void;

const sliceSize = 4_000;
const tellEveryMs = 120;
const nothing: FindingsState = {
  ...{ all: [], loaded: 0, complete: false, groups: [], total: 0, perSeverity: {}, perType: {}, many: false, regrouping: false },
};

export class FindingsStore {
  readonly #all: ShownFinding[] = [];
  readonly #perSeverity: Record<string, number> = {};
  readonly #perType: Record<string, number> = {};
  /** By fingerprint; the first of several. */
  readonly #places = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #state = nothing;
  #grouped = new GroupedFindings('rule', {});
  /** How many findings the groups have seen. */
  #groupedTo = 0;
  #cursor: string | undefined;
  #running: AbortController | undefined;
  #complete = false;
  #many = false;
  #error: unknown;
  #telling = false;

  constructor(
    private readonly load: LoadPage,
    private readonly later: Later = (work, delayMs) => setTimeout(work, delayMs),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): FindingsState => this.#state;

  /** Where a finding stands in `all`; undefined while it has not come. */
  placeOf(fingerprint: string): number | undefined {
    return this.#places.get(fingerprint);
  }

  /** Loads what is still missing; also after an error. The answer stops it. */
  start(): () => void {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#error = undefined;
    if (!this.#complete) void this.#loadAll(running.signal);
    return () => {
      running.abort();
    };
  }

  /** Groups what is there anew, in slices. What was shown stays until the new groups are complete. */
  show(query: FindingQuery): void {
    const grouped = new GroupedFindings(query.by, query);
    this.#grouped = grouped;
    this.#groupedTo = 0;
    this.#slice(grouped);
  }

  #slice(grouped: GroupedFindings): void {
    // A newer question has come.
    if (grouped !== this.#grouped) return;
    const to = Math.min(this.#all.length, this.#groupedTo + sliceSize);
    grouped.add(this.#all, this.#groupedTo, to);
    this.#groupedTo = to;
    if (to === this.#all.length) this.#tell();
    else
      this.later(() => {
        this.#slice(grouped);
      }, 0);
  }

  async #loadAll(signal: AbortSignal): Promise<void> {
    try {
      while (!this.#complete) {
        const { items, nextCursor } = await this.load(this.#cursor, signal);
        if (signal.aborted) return;
        this.#take(items, nextCursor);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error;
    }
    this.#tell();
  }

  #take(items: readonly ShownFinding[], nextCursor: string | undefined): void {
    for (const finding of items) {
      if (!this.#places.has(finding.fingerprint)) this.#places.set(finding.fingerprint, this.#all.length);
      this.#all.push(finding);
      this.#perSeverity[finding.severity] = (this.#perSeverity[finding.severity] ?? 0) + 1;
      this.#perType[finding.type] = (this.#perType[finding.type] ?? 0) + 1;
    }
    this.#cursor = nextCursor;
    this.#complete = nextCursor === undefined;
    this.#many ||= !this.#complete;
    // Behind a running regrouping, which comes by here anyhow.
    if (this.#groupedTo === this.#all.length - items.length) {
      this.#grouped.add(this.#all, this.#groupedTo, this.#all.length);
      this.#groupedTo = this.#all.length;
    }
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#telling) return;
    this.#telling = true;
    this.later(
      () => {
        this.#telling = false;
        this.#tell();
      },
      this.#state.loaded === 0 ? 0 : tellEveryMs,
    );
  }

  #tell(): void {
    const regrouping = this.#groupedTo < this.#all.length;
    const shown = regrouping ? this.#state : { groups: [...this.#grouped.groups()], total: this.#grouped.total };
    this.#state = {
      all: this.#all,
      loaded: this.#all.length,
      complete: this.#complete,
      ...(this.#error !== undefined && { error: this.#error }),
      groups: shown.groups,
      total: shown.total,
      perSeverity: { ...this.#perSeverity },
      perType: { ...this.#perType },
      many: this.#many,
      regrouping,
    };
    for (const listener of this.#listeners) listener();
  }
}
