/** The same facts give the same verdict: in any order, any number of times, folded together or apart. */
import { canonicalJson } from '@tributary/facts';
import fc from 'fast-check';
import { merge } from './merge';
import { closeAt, initialRound, type Recorded, type RoundState } from './state';
import { completed, declined, failed, fold, id, judgeState, ledger, policyDefault, progressed, type Said, started } from './testing/ledgers';
import { closings, facts, policyRows, lawRuns as runs } from './testing/rounds';

const same = (a: RoundState, b: RoundState) => {
  expect(canonicalJson(a)).toBe(canonicalJson(b));
};
const recordeds = facts(14).map((said) => ledger(said));

describe('[Z-038] the state is a join', () => {
  it(`merging is commutative, associative and idempotent (${String(runs)} cases)`, () => {
    const parts = fc.tuple(recordeds, fc.array(fc.nat(2), { minLength: 14, maxLength: 14 }));
    fc.assert(
      fc.property(parts, ([all, assigned]) => {
        const [a, b, c] = [0, 1, 2].map((part) => fold(all.filter((_, n) => assigned[n] === part))) as [RoundState, RoundState, RoundState];
        same(merge(a, b), merge(b, a));
        same(merge(merge(a, b), c), merge(a, merge(b, c)));
        same(merge(a, a), a);
        same(merge(a, initialRound(1)), a);
        same(merge(merge(a, b), c), fold(all));
      }),
      { numRuns: runs },
    );
  });

  it(`a state closed later is merged as if it had been closed there: the later cutoff stands (${String(runs)} cases)`, () => {
    const cutoffs = fc.tuple(fc.nat(14), fc.nat(14));
    fc.assert(
      fc.property(recordeds, cutoffs, (all, [one, other]) => {
        const [a, b] = [closeAt(fold(all.slice(0, 7)), one), closeAt(fold(all.slice(7)), other)];
        same(merge(a, b), merge(b, a));
        same(merge(a, fold(all)), closeAt(fold(all), one));
        same(merge(a, b), closeAt(closeAt(fold(all), one), other));
      }),
      { numRuns: runs },
    );
  });

  it(`folding is merging: duplicates and order are not seen (${String(runs)} cases)`, () => {
    const arrivals = recordeds.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all, ...all], { minLength: 0 })));
    fc.assert(
      fc.property(arrivals, ([all, some]) => {
        same(fold([...some, ...all]), fold(all));
        const heard = fold(some);
        same(merge(heard, fold(some)), heard);
      }),
      { numRuns: runs },
    );
  });
});

describe('[I2] law 1: byte-identical canonical verdict', () => {
  it(`of random rounds, in another order, with duplicates (${String(runs)} cases)`, () => {
    // The ledger numbers what it records first; a fact told again is in it once.
    const cases = facts(12).chain((said) => fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length }), closings, policyRows));
    fc.assert(
      fc.property(cases, ([one, other, closedBy, rules]) => {
        const policy = { ...policyDefault, rules };
        const verdicts = [one, other].map((said) => {
          const recorded = once(ledger(said));
          return judgeState(fold([...recorded, ...[...recorded].reverse()]), recorded, { closedBy, policy, cutoff: said.length });
        });
        expect(verdicts[1]?.canonical).toBe(verdicts[0]?.canonical);
        expect(verdicts[1]?.explanation.rule).toEqual(verdicts[0]?.explanation.rule);
        expect(verdicts[1]?.explanation.witness).toEqual(verdicts[0]?.explanation.witness);
      }),
      { numRuns: runs },
    );
  });

  const sets: [string, Said[]][] = [
    [
      'three types, a decline, progress',
      [started('SQL'), completed('SQL'), started('EXCEL'), failed('EXCEL'), completed('WEDATA', 'WARN'), declined('API'), progressed('SQL', 5)],
    ],
    [
      'two attempts, two outcomes of one, a reused id',
      [
        started('SQL'),
        failed('SQL', 'TRANSIENT'),
        { ...completed('SQL', 'PASS', { attempt: 2 }), id: id('again') },
        { ...completed('EXCEL'), id: id('reused') },
        { ...failed('EXCEL', 'QUALITY'), id: id('reused') },
        completed('EXCEL', 'WARN'),
        started('WEDATA'),
      ],
    ],
  ];
  it.each(sets)('of all 5,040 orders of 7 facts, each told up to three times: %s', (_, set) => {
    const hashes = new Set<string>();
    let orders = 0;
    for (const order of permutations(ledger(set))) {
      const recorded = order.map((each, n) => ({ ...each, sequence: n + 1, watchMs: 100 * n }));
      const told = recorded.flatMap((each, n) => [...recorded.slice(0, (orders * 7 + n * 3) % (n + 1)), each, ...(orders % 2 ? [each] : [])]);
      hashes.add(judgeState(fold(told), recorded, { closedBy: 'DEADLINE' }).canonical);
      orders++;
    }
    expect([orders, hashes.size]).toEqual([5_040, 1]);
  });
});

function once(all: readonly Recorded[]): Recorded[] {
  return all.filter(({ fact, payloadHash }, n) => all.findIndex((other) => other.fact.id === fact.id && other.payloadHash === payloadHash) === n);
}

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [n, item] of items.entries()) for (const rest of permutations(items.filter((_, other) => other !== n))) yield [item, ...rest];
}
