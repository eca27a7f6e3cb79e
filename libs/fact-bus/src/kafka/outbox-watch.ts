/** What of the service's outbox is known not to be on the bus yet: as of the latest look, plus what this process has committed since. */
import { type BusDatabase } from '../postgres/bus-database';
import { type Place, placeName } from './outbox-shipper';
import { outboxPlacesSql } from './sql/outbox-places.sql';

export class OutboxWatch {
  /** Places in which this process has committed something, with the number of the commit. */
  readonly #committed = new Map<string, number>();
  #unshipped: ReadonlySet<string> = new Set();
  #commits = 0;
  /** The last commit that the latest look can have seen. */
  #seen = 0;

  constructor(private readonly database: BusDatabase) {}

  committed(places: readonly Place[]): void {
    this.#commits++;
    for (const place of places) this.#committed.set(placeName(place), this.#commits);
  }

  async look(): Promise<void> {
    const commits = this.#commits;
    const places = await this.database.query<Place>(outboxPlacesSql);
    // A look that was overtaken by a later one knows less.
    if (commits < this.#seen) return;
    this.#seen = commits;
    this.#unshipped = new Set(places.map(placeName));
    for (const [place, commit] of this.#committed) if (commit <= commits) this.#committed.delete(place);
  }

  /** Whether nothing of these topics' partition is waiting. */
  shipped(topics: readonly string[], partition: number): boolean {
    return topics.every((topic) => {
      const name = placeName({ topic, partition });
      return !this.#unshipped.has(name) && !this.#committed.has(name);
    });
  }
}
