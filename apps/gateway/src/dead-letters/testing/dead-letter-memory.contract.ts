/** What every memory of dead letters must do, whatever keeps it. */
import { type Database, type Transaction } from '@tributary/persistence';
import { v7 } from 'uuid';
import { type DeadLetterItem, type DeadLetterMemory } from '../dead-letter.memory';

export interface DeadLetterMemoryWorld {
  readonly memory: DeadLetterMemory;
  readonly database: Database<any>;
  end(): Promise<void>;
}

const at = Date.parse('2026-01-02T03:04:05.678Z');
type Letter = Omit<DeadLetterItem, 'state' | 'decided'>;

export function aLetter(changes: Partial<Letter> = {}): Letter {
  return {
    tenant: 'default',
    id: v7(),
    topic: 'gate.facts',
    group: 'coordinator',
    partition: 3,
    offset: 42,
    reason: 'MALFORMED',
    detail: 'not JSON',
    at,
    ...changes,
  };
}

export function aDeadLetterMemory(name: string, make: () => Promise<DeadLetterMemoryWorld>): void {
  describe(name, () => {
    let world: DeadLetterMemoryWorld;
    beforeEach(async () => {
      world = await make();
    });
    afterEach(() => world.end());

    const within = <R>(work: (tx: Transaction) => Promise<R>): Promise<R> => world.database.transaction(work);
    const add = (...letters: readonly Letter[]): Promise<void> => within((tx) => world.memory.add(tx, letters));

    it('keeps a letter as it was told, once', async () => {
      const whole = aLetter({ factId: v7(), type: 'ZipUploaded', key: '键' });
      const bare = aLetter();
      await add(whole, bare, whole);
      await add(whole);
      expect(await world.memory.find('default', whole.id)).toMatchObject({ ...whole, state: 'open' });
      const found = await world.memory.find('default', bare.id);
      expect([found?.factId, found?.type, found?.key, found?.decided]).toEqual([undefined, undefined, undefined, undefined]);
      expect(await world.memory.find('other', whole.id)).toBeUndefined();
      expect(await world.memory.list('default', {}, 10)).toHaveLength(2);
    });

    it('takes an empty batch', async () => {
      await add();
      expect(await world.memory.list('default', {}, 10)).toEqual([]);
    });

    it('lists newest first, and pages stay put while letters arrive', async () => {
      const letters = Array.from({ length: 5 }, (_, offset) => aLetter({ offset }));
      for (const letter of letters) await add(letter);
      const first = await world.memory.list('default', {}, 2);
      await add(aLetter({ offset: 99 }));
      const rest = await world.memory.list('default', {}, 10, first.at(-1)!.number);
      expect([...first, ...rest].map(({ offset }) => offset)).toEqual([4, 3, 2, 1, 0]);
    });

    it('narrows by fact, topic, group and state', async () => {
      const factId = v7();
      const [one, two, three] = [aLetter({ factId }), aLetter({ factId, group: 'sql-worker' }), aLetter({ topic: 'scan.facts' })];
      await add(one, two, three);
      await within((tx) => world.memory.decide(tx, { tenant: 'default', id: three.id, state: 'discarded', by: 'ann', at }));
      const ids = async (filter: Parameters<DeadLetterMemory['list']>[1]): Promise<string[]> =>
        (await world.memory.list('default', filter, 10)).map(({ id }) => id);
      expect((await ids({ factId })).sort()).toEqual([one.id, two.id].sort());
      expect(await ids({ factId, group: 'sql-worker' })).toEqual([two.id]);
      expect(await ids({ topic: 'scan.facts' })).toEqual([three.id]);
      expect(await ids({ state: 'discarded' })).toEqual([three.id]);
      expect(await world.memory.list('other', {}, 10)).toEqual([]);
    });

    it('[I11] decides once, and remembers who, when and why', async () => {
      const letter = aLetter();
      await add(letter);
      const decide = (by: string) => within((tx) => world.memory.decide(tx, { tenant: 'default', id: letter.id, state: 'replayed', by, because: 'fixed', at }));
      const decisions = await Promise.all([decide('ann'), decide('bob')]);
      expect(decisions.filter((decision) => decision !== undefined)).toHaveLength(1);
      const found = await world.memory.find('default', letter.id);
      expect(found).toMatchObject({ state: 'replayed', decided: { at, because: 'fixed' } });
      expect(['ann', 'bob']).toContain(found?.decided?.by);
      expect(await within((tx) => world.memory.decide(tx, { tenant: 'default', id: v7(), state: 'replayed', by: 'x', at }))).toBeUndefined();
    });

    it('forgets what was not committed', async () => {
      const letter = aLetter();
      await add(letter);
      const work = within(async (tx) => {
        await world.memory.decide(tx, { tenant: 'default', id: letter.id, state: 'discarded', by: 'x', at });
        throw new Error('crash');
      });
      await expect(work).rejects.toThrow('crash');
      expect(await world.memory.find('default', letter.id)).toMatchObject({ state: 'open' });
    });
  });
}
