/** When a window closes, and what it waits for until then. */
import { decide, unreachableTypes } from './decide';
import { completed, declined, failed, fold, ledger, progressed, recorded, started, type Said } from './testing/ledgers';

const windows = { participationMs: 1_000, gapMs: 300, deadlineMs: 5_000 };
const at = (watchMs: number, facts: readonly [Said, number][]) =>
  decide(fold(facts.map(([said, ms], n) => recorded(said, n + 1, ms))), windows, { openedWatchMs: 10_000, watchMs });

describe('[Z-028 Z-034 C-07] can the round converge?', () => {
  it.each([
    ['nobody yet', 10_999, [], { kind: 'wait', untilWatchMs: 11_000, for: [{ code: 'PARTICIPATION', untilWatchMs: 11_000 }] }],
    ['nobody until the end of participation', 11_000, [], { kind: 'close', closedBy: 'QUIET' }],
    ['declining restarts no gap', 11_000, [[declined('SQL'), 10_999]], { kind: 'close', closedBy: 'QUIET' }],
    [
      'all ended, participation runs',
      10_500,
      [[completed('SQL'), 10_100]],
      { kind: 'wait', untilWatchMs: 11_000, for: [{ code: 'PARTICIPATION', untilWatchMs: 11_000 }] },
    ],
    ['all ended, the gap runs', 11_100, [[completed('SQL'), 10_900]], { kind: 'wait', untilWatchMs: 11_200, for: [{ code: 'GAP', untilWatchMs: 11_200 }] }],
    ['all ended, the gap is over', 11_200, [[completed('SQL'), 10_900]], { kind: 'close', closedBy: 'QUIET' }],
    [
      'progress restarts no gap',
      11_200,
      [
        [completed('SQL'), 10_900],
        [progressed('SQL', 3), 11_150],
      ],
      { kind: 'close', closedBy: 'QUIET' },
    ],
    [
      'one unfinished',
      12_000,
      [
        [started('SQL'), 10_100],
        [failed('EXCEL'), 10_200],
      ],
      { kind: 'wait', untilWatchMs: 15_000, for: [{ code: 'UNFINISHED', types: ['SQL'], untilWatchMs: 15_000 }] },
    ],
    ['one unfinished at the deadline', 15_000, [[started('SQL'), 10_100]], { kind: 'close', closedBy: 'DEADLINE' }],
    ['the gap reaches beyond the deadline', 15_000, [[completed('SQL'), 14_900]], { kind: 'close', closedBy: 'DEADLINE' }],
    ['the gap ends with the deadline', 15_000, [[completed('SQL'), 14_700]], { kind: 'close', closedBy: 'QUIET' }],
    ['quiet was long before somebody looks', 99_000, [[completed('SQL'), 10_900]], { kind: 'close', closedBy: 'QUIET' }],
    ['a fact from before the opening', 11_000, [[completed('SQL'), 9_000]], { kind: 'close', closedBy: 'QUIET' }],
    [
      'a cancel',
      10_001,
      [
        [{ type: 'CancelRequested', data: {} }, 10_000],
        [started('SQL'), 10_000],
      ],
      { kind: 'close', closedBy: 'CANCELLED' },
    ],
  ] as [string, number, [Said, number][], object][])('%s', (_, watchMs, facts, decision) => {
    expect(at(watchMs, facts)).toEqual(decision);
  });

  it('the deadline is not before participation ends', () => {
    const early = { ...windows, participationMs: 9_000 };
    expect(decide(fold([]), early, { openedWatchMs: 0, watchMs: 8_999 })).toMatchObject({ kind: 'wait', untilWatchMs: 9_000 });
  });
});

describe('unreachable', () => {
  it('joined, unfinished, and three heartbeats missed', () => {
    const beat = { heartbeatMs: 2_000 };
    const state = fold(ledger([started('A', beat), started('B'), started('C', beat), completed('C'), started('D', beat), progressed('D', 1)]));
    expect(unreachableTypes(state, 100 + 5_999)).toEqual([]);
    expect(unreachableTypes(state, 100 + 6_000)).toEqual(['A']);
    expect(unreachableTypes(state, 600 + 6_000)).toEqual(['A', 'D']);
  });
});
