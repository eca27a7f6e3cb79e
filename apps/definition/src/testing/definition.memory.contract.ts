/** What every memory of the definition service keeps to. */
import { type Database } from '@tributary/persistence';
import { type DefinitionMemory, type Kind, type Revision } from '../definition.memory';

export interface DefinitionMemoryWorld {
  readonly memory: DefinitionMemory;
  readonly database: Pick<Database, 'transaction'>;
  end(): Promise<void>;
}

export function aDefinitionMemory(name: string, make: () => Promise<DefinitionMemoryWorld>): void {
  describe(name, () => {
    let world: DefinitionMemoryWorld;
    beforeEach(async () => {
      world = await make();
    });
    afterEach(() => world.end());

    const of = (kind: Kind, named: string, revision: number): Revision => ({
      ...{ kind, name: named, revision, document: { gapMs: revision }, by: 'ann', at: '2026-01-02T03:04:05.678Z' },
    });
    const add = (...revisions: readonly Revision[]): Promise<void> =>
      world.database.transaction(async (tx) => {
        for (const revision of revisions) await world.memory.add(tx, revision);
      });

    it('[Z-041] keeps every revision, gives back the newest, and refuses one twice', async () => {
      await add(of('policy', 'strict', 1), of('policy', 'strict', 2), of('worker-config', 'strict', 1));
      expect(await world.memory.find('policy', 'strict')).toEqual(of('policy', 'strict', 2));
      expect(await world.memory.find('policy', 'none')).toBeUndefined();
      expect(await world.memory.revisions('policy', 'strict', 10)).toEqual([of('policy', 'strict', 2), of('policy', 'strict', 1)]);
      expect(await world.memory.revisions('policy', 'strict', 10, 2)).toEqual([of('policy', 'strict', 1)]);
      await expect(add(of('policy', 'strict', 2))).rejects.toThrow();
    });

    it('lists the newest revision of every name of a kind, page by page, in the order of bytes', async () => {
      await add(
        of('policy', 'b', 1),
        of('policy', 'b', 2),
        of('policy', 'a.1', 1),
        of('policy', 'Z', 3),
        of('policy', 'a-1', 1),
        of('worker-config', 'SQL', 1),
      );
      const names = async (limit: number, after?: string): Promise<string[]> =>
        (await world.memory.newest('policy', limit, after)).map(({ name: named, revision }) => `${named} ${revision}`);
      expect(await names(10)).toEqual(['Z 3', 'a-1 1', 'a.1 1', 'b 2']);
      expect(await names(2)).toEqual(['Z 3', 'a-1 1']);
      expect(await names(2, 'a-1')).toEqual(['a.1 1', 'b 2']);
      expect(await names(2, 'a-2')).toEqual(['a.1 1', 'b 2']);
      expect(await names(2, 'b')).toEqual([]);
    });
  });
}
