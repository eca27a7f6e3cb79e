/** Dead letters in memory: for tests and the simulation. */
import { InMemoryTable, type Transaction } from '@tributary/persistence';
import { type DeadLetterFilter, type DeadLetterItem, type DeadLetterMemory, type Decision, type NumberedDeadLetter } from './dead-letter.memory';

export class InMemoryDeadLetterMemory implements DeadLetterMemory {
  readonly #letters = new InMemoryTable<string, NumberedDeadLetter>();
  #number = 0;

  add(tx: Transaction, letters: readonly Omit<DeadLetterItem, 'state' | 'decided'>[]): Promise<void> {
    for (const letter of letters) {
      const key = keyOf(letter);
      if (!this.#letters.get(key)) this.#letters.set(tx, key, { ...letter, state: 'open', number: ++this.#number });
    }
    return Promise.resolve();
  }

  decide(tx: Transaction, { state, by, at, because, ...which }: Decision): Promise<DeadLetterItem | undefined> {
    const letter = this.#letters.get(keyOf(which));
    if (letter?.state !== 'open') return Promise.resolve(undefined);
    const decided = { ...letter, state, decided: { by, at, because } };
    this.#letters.set(tx, keyOf(which), decided);
    return Promise.resolve(decided);
  }

  find(tenant: string, id: string): Promise<DeadLetterItem | undefined> {
    return Promise.resolve(this.#letters.get(keyOf({ tenant, id })));
  }

  list(tenant: string, filter: DeadLetterFilter, limit: number, before = Number.POSITIVE_INFINITY): Promise<readonly NumberedDeadLetter[]> {
    const { factId, topic, group, state } = filter;
    const found = this.#letters.values().filter((letter) => {
      const wanted: readonly (readonly [unknown, unknown])[] = [
        [factId, letter.factId],
        [topic, letter.topic],
        [group, letter.group],
        [state, letter.state],
      ];
      return letter.tenant === tenant && letter.number < before && wanted.every(([asked, has]) => asked === undefined || asked === has);
    });
    return Promise.resolve(found.sort((a, b) => b.number - a.number).slice(0, limit));
  }
}

function keyOf({ tenant, id }: { readonly tenant: string; readonly id: string }): string {
  return JSON.stringify([tenant, id]);
}
