/** Findings in groups, made while they arrive: adding a page costs as much as the page, however many there are already. Pure. */
import { type ShownFinding } from '@tributary/http-api';
import { type FindingFilter, filterOf, type Grouping, keyOf, severityOrder } from './finding-query';

export interface FindingGroup {
  readonly key: string;
  /** Places in the list of all findings, ascending. */
  readonly places: readonly number[];
  /** The worst that is in it: an index of `severityOrder`. */
  readonly worst: number;
}

interface GrowingGroup extends FindingGroup {
  readonly places: number[];
  worst: number;
}

export class GroupedFindings {
  readonly #groups = new Map<string, GrowingGroup>();
  readonly #fits: (finding: ShownFinding) => boolean;
  #sorted: readonly FindingGroup[] | undefined;
  #total = 0;

  constructor(
    readonly by: Grouping,
    filter: FindingFilter,
  ) {
    this.#fits = filterOf(filter);
  }

  /** How many passed the filter. */
  get total(): number {
    return this.#total;
  }

  /** `all[from]` up to `all[to - 1]`; to be called in order, without gaps. */
  add(all: readonly ShownFinding[], from: number, to: number): void {
    for (let place = from; place < to; place++) {
      const finding = all[place];
      if (!finding || !this.#fits(finding)) continue;
      this.#total++;
      this.#put(keyOf(finding, this.by), place, severityOrder.indexOf(finding.severity));
    }
  }

  /** Files and types by name; rules and severities by what is worst, then by name. */
  groups(): readonly FindingGroup[] {
    const byName = this.by === 'file' || this.by === 'type';
    this.#sorted ??= [...this.#groups.values()].sort((a, b) => (byName ? 0 : a.worst - b.worst) || (a.key < b.key ? -1 : 1));
    return this.#sorted;
  }

  #put(key: string, place: number, severity: number): void {
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, { key, places: [place], worst: severity });
      this.#sorted = undefined;
      return;
    }
    group.places.push(place);
    if (severity >= group.worst) return;
    group.worst = severity;
    this.#sorted = undefined;
  }
}
