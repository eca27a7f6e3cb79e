import fc from 'fast-check';
import { type Claimant, shareOut } from './shard.assigner';

const claims = fc.record({
  members: fc.integer({ min: 1, max: 9 }),
  partitions: fc.integer({ min: 0, max: 24 }),
  seed: fc.array(fc.nat(8), { maxLength: 24 }),
});

/** Every partition of `seed` is owned by the member it names. */
function claimants({ members, seed }: { members: number; seed: readonly number[] }): Claimant[] {
  return Array.from({ length: members }, (_, n) => ({
    id: `m${n}`,
    topics: ['t'],
    owned: seed.flatMap((owner, partition) => (owner === n ? [partition] : [])),
  }));
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const counts = (shares: ReadonlyMap<string, readonly number[]>): number[] => [...shares.values()].map(({ length }) => length);

describe('sharing out partitions', () => {
  it('gives every partition to one member, and everybody the same count but for one', () => {
    fc.assert(
      fc.property(claims, ({ members, partitions, seed }) => {
        const shares = shareOut(claimants({ members, seed }), numbers(partitions));
        expect([...shares.values()].flat().toSorted((a, b) => a - b)).toEqual(numbers(partitions));
        expect(Math.max(...counts(shares)) - Math.min(...counts(shares))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('moves nothing when nobody came or went', () => {
    fc.assert(
      fc.property(claims, ({ members, partitions, seed }) => {
        const first = shareOut(claimants({ members, seed }), numbers(partitions));
        const again = shareOut(
          [...first].map(([id, owned]) => ({ id, topics: ['t'], owned })),
          numbers(partitions),
        );
        for (const [id, owned] of first) expect(new Set(again.get(id))).toEqual(new Set(owned));
      }),
    );
  });

  it('moves no more than its share to a member that joins', () => {
    fc.assert(
      fc.property(claims, ({ members, partitions, seed }) => {
        const before = shareOut(claimants({ members, seed }), numbers(partitions));
        const joined = [...[...before].map(([id, owned]) => ({ id, topics: ['t'], owned })), { id: 'new', topics: ['t'], owned: [] }];
        const after = shareOut(joined, numbers(partitions));
        const moved = [...before].flatMap(([id, owned]) => owned.filter((partition) => !after.get(id)?.includes(partition)));
        expect(moved).toHaveLength(after.get('new')?.length ?? -1);
      }),
    );
  });

  it('believes the first of two members that claim the same', () => {
    const shares = shareOut(
      [
        { id: 'a', topics: ['t'], owned: [0, 1] },
        { id: 'b', topics: ['t'], owned: [0, 1] },
      ],
      numbers(2),
    );
    expect([...shares]).toEqual([
      ['a', [0]],
      ['b', [1]],
    ]);
  });
});
