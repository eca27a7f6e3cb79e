/** The definition service's memory in one process. */
import { type Transaction } from '@tributary/fact-bus';
import { InMemoryTable } from '@tributary/persistence';
import { type DefinitionMemory, type Kind, type Revision } from './definition.memory';

export class InMemoryDefinitionMemory implements DefinitionMemory {
  readonly #revisions = new InMemoryTable<string, Revision>();

  lock(_: Transaction, kind: Kind, name: string): Promise<Revision | undefined> {
    return this.find(kind, name);
  }

  add(tx: Transaction, revision: Revision): Promise<void> {
    const key = `${revision.kind}/${revision.name}/${revision.revision}`;
    if (this.#revisions.get(key)) return Promise.reject(new Error(`the revision ${key} exists`));
    this.#revisions.set(tx, key, revision);
    return Promise.resolve();
  }

  async find(kind: Kind, name: string): Promise<Revision | undefined> {
    return (await this.revisions(kind, name, 1))[0];
  }

  revisions(kind: Kind, name: string, limit: number, before = Infinity): Promise<readonly Revision[]> {
    const all = this.#revisions.values().filter((candidate) => candidate.kind === kind && candidate.name === name && candidate.revision < before);
    return Promise.resolve(all.sort((a, b) => b.revision - a.revision).slice(0, limit));
  }

  newest(kind: Kind, limit: number, after = ''): Promise<readonly Revision[]> {
    // Names are ASCII: their order is that of their bytes.
    const byName = Map.groupBy(
      this.#revisions.values().filter((candidate) => candidate.kind === kind && candidate.name > after),
      ({ name }) => name,
    );
    const newest = [...byName.values()].flatMap((all) => all.sort((a, b) => b.revision - a.revision).slice(0, 1));
    return Promise.resolve(newest.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, limit));
  }
}
