/** What a round makes of single facts, and who takes part in which way. */
import { conflictsOf } from './conflicts';
import { concerns, evolve } from './evolve';
import { observedTypes, openStatus } from './observe';
import { participantsOf } from './participants';
import { closeAt, initialRound } from './state';
import { completed, declined, factOf, failed, fold, id, ledger, progressed, recorded, started } from './testing/ledgers';

const [SQL, EXCEL] = ['SQL', 'EXCEL'];

describe('[Z-028] is this fact mine?', () => {
  it.each([
    ['another round', { ...started(SQL), data: { ...started(SQL).data, round: 2 } }],
    ['another kind', { type: 'WindowClosed', data: { round: 1 } }],
  ])('%s changes nothing', (_, said) => {
    const state = initialRound(1);
    expect(evolve(state, recorded(said, 1))).toBe(state);
    expect(concerns(state, factOf(said))).toBe(false);
  });

  it('told again changes nothing', () => {
    const state = fold(ledger([started(SQL)]));
    expect(evolve(state, recorded(started(SQL), 7))).toBe(state);
  });
});

describe('who takes part', () => {
  it('[Z-043] INIT until somebody does; a completion may overtake its own start', () => {
    expect(openStatus(fold(ledger([declined(SQL), progressed(EXCEL, 1)])))).toBe('INIT');
    const state = fold(ledger([completed(SQL)]));
    expect([openStatus(state), observedTypes(state)]).toEqual(['RUNNING', [SQL]]);
    expect(fold(ledger([started(SQL)]), state).claims).toHaveProperty([Object.keys(state.claims)[0]!]);
    expect(participantsOf(fold(ledger([completed(SQL), started(SQL)])))[0]).toMatchObject({ outcome: 'PASS' });
  });

  it('the highest attempt counts, however it stands', () => {
    const again = fold(ledger([failed(SQL, 'TRANSIENT'), { ...started(SQL, { attempt: 2 }), id: id('second') }]));
    expect(participantsOf(again)).toEqual([{ type: SQL, kind: 'joined', outcome: 'RUNNING', attempt: 2 }]);
  });

  it('five kinds that are never mixed up', () => {
    const state = fold(ledger([started('A'), completed('B'), declined('C'), declined('B'), started('D'), completed('A'), completed('E'), declined('F')]));
    const shown = participantsOf(state, { knownTypes: ['B', 'G'], unreachable: ['D', 'B'], closedAtSequence: 5 });
    expect(shown.map(({ type, kind, outcome }) => [type, kind, outcome])).toEqual([
      ['A', 'joined', 'RUNNING'],
      ['B', 'joined', 'PASS'],
      ['C', 'declined', undefined],
      ['D', 'unreachable', 'RUNNING'],
      ['E', 'late', 'PASS'],
      ['F', 'late', undefined],
      ['G', 'silent', undefined],
    ]);
  });

  it('progress is the furthest of the current attempt, and late progress is not taken', () => {
    const state = fold(ledger([started(SQL), progressed(SQL, 4), progressed(SQL, 2)]));
    expect(participantsOf(state)[0]?.progress).toEqual({ done: 4, total: 10, unit: 'files' });
    const closed = closeAt(state, 3);
    expect(evolve(closed, recorded(progressed(SQL, 9), 4))).toBe(closed);
    expect(participantsOf(evolve(closed, recorded(completed(SQL), 4)))[0]).toMatchObject({ kind: 'joined', outcome: 'RUNNING', progress: { done: 4 } });
  });

  it('a long reason is cut at a whole character', () => {
    const { reason } = participantsOf(fold(ledger([failed(SQL, 'QUALITY', { reason: '😀'.repeat(1_000) })])))[0]!;
    expect(Array.from(reason!)).toHaveLength(200);
    expect(reason).toMatch(/^(😀)+…$/u);
  });
});

describe('[I14] conflicts have a winner that no order can change', () => {
  it('two outcomes of one attempt: the failure', () => {
    const state = fold(ledger([completed(SQL), failed(SQL)]));
    expect(participantsOf(state)[0]).toMatchObject({ outcome: 'QUALITY' });
    expect(conflictsOf(state)).toMatchObject([{ kind: 'OUTCOME', type: SQL, attempt: 1, winner: { factId: id('SQL QUALITY') } }]);
  });

  it('one id with two payloads: one counts, also for another type', () => {
    const facts = ledger([
      { ...completed(SQL), id: id('same') },
      { ...failed(EXCEL), id: id('same') },
    ]);
    const state = fold(facts);
    expect(observedTypes(state)).toEqual([EXCEL]);
    expect(conflictsOf(state)).toMatchObject([{ kind: 'ID_REUSED', factIds: [id('same')], winner: { payloadHash: facts[1]!.payloadHash } }]);
  });

  it('an id reused by facts that a round does not keep', () => {
    const included = [
      { id: 'a', payloadHash: '2' },
      { id: 'a', payloadHash: '1' },
      { id: 'b', payloadHash: '1' },
    ];
    expect(conflictsOf(initialRound(1), Infinity, included)).toEqual([{ kind: 'ID_REUSED', factIds: ['a'], winner: { factId: 'a', payloadHash: '1' } }]);
  });

  it('[C-26] two publishers of one attempt, two manifests of one format', () => {
    const manifest = (letter: string, manifestFormat?: number) => ({ manifestSha256: letter.repeat(64), ...(manifestFormat ? { manifestFormat } : {}) });
    const state = fold(
      ledger([
        started(SQL, manifest('a')),
        { ...completed(SQL, 'PASS', manifest('a')), source: '/tributary/another' },
        started(EXCEL, manifest('b')),
        started('WEDATA', manifest('c', 2)),
      ]),
    );
    expect(conflictsOf(state)).toMatchObject([
      { kind: 'MANIFEST', factIds: [id('SQL started'), id('SQL PASS'), id('EXCEL started')].sort() },
      { kind: 'SOURCE', type: SQL, attempt: 1 },
    ]);
  });
});
