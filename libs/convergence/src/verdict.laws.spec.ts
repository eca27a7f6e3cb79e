/** What holds of every verdict: it is the table's, its witness forces it, its counterfactuals come true, silence and lateness change nothing. */
import { type PolicyRow } from '@tributary/facts';
import fc from 'fast-check';
import { type FactChange } from './explanation';
import { observe } from './observe';
import { participantsOf } from './participants';
import { closeAt, type Recorded } from './state';
import { evolve } from './evolve';
import { rule } from './table';
import { factOf, fold, id, judgeState, ledger, policyDefault, recorded, type Said, verdictOf } from './testing/ledgers';
import { closings, facts, policyRows, types, lawRuns as runs } from './testing/rounds';

const cancel: Said = { type: 'CancelRequested', data: {}, id: id('cancel') };
const rounds = fc
  .record({ said: facts(12), closedBy: closings, rules: policyRows })
  .map((round) => (round.closedBy === 'CANCELLED' ? { ...round, said: [...round.said, cancel] } : round));
/** A round that closes quietly has nothing unfinished: the coordinator closes no other one so. */
const fitting = rounds.filter(({ said, closedBy }) => closedBy !== 'QUIET' || observe(fold(ledger(said))).joined.every(({ outcome }) => outcome !== 'RUNNING'));
const withPolicy = (rules: PolicyRow[]) => ({ ...policyDefault, rules });

describe('[Z-029 Z-030 Z-031 Z-032 C-01] the table is total', () => {
  it(`and says what an independent reading of it says (${String(runs)} cases)`, () => {
    fc.assert(
      fc.property(fitting, ({ said, closedBy }) => {
        const { explanation } = verdictOf(ledger(said), { closedBy });
        const outcomes = explanation.participants.flatMap(({ outcome }) => outcome ?? []);
        expect([explanation.status, explanation.rule.id]).toEqual(readTable(outcomes, closedBy));
      }),
      { numRuns: runs },
    );
  });
});

function readTable(outcomes: readonly string[], closedBy: string): [string, string] {
  const good = outcomes.filter((outcome) => outcome === 'PASS' || outcome === 'WARN').length;
  if (closedBy === 'CANCELLED') return ['CANCELLED', 'CANCELLED'];
  if (outcomes.length === 0) return ['FAILED', 'NO_PARTICIPANTS'];
  if (closedBy === 'DEADLINE' && outcomes.includes('RUNNING')) return ['PARTIAL_SUCCESS', 'DEADLINE_UNFINISHED'];
  if (good === outcomes.length) return ['SUCCESS', 'ALL_SUCCEEDED'];
  return good > 0 ? ['PARTIAL_SUCCESS', 'SOME_SUCCEEDED'] : ['FAILED', 'ALL_FAILED'];
}

it(`[Z-022 Z-027 C-06] law 3: without a single decline, progress or known type the status is the same (${String(runs)} cases)`, () => {
  fc.assert(
    fc.property(fitting, fc.subarray([...types, 'API']), ({ said, closedBy, rules }, knownTypes) => {
      const deciding = said.filter(({ type }) => type !== 'SubTaskDeclined' && type !== 'SubTaskProgressed');
      const [all, bare] = [
        verdictOf(ledger(said), { closedBy, knownTypes, policy: withPolicy(rules) }),
        verdictOf(ledger(deciding), { closedBy, policy: withPolicy(rules) }),
      ];
      expect([bare.status, bare.explanation.rule]).toEqual([all.status, all.explanation.rule]);
    }),
    { numRuns: runs },
  );
});

describe('[Z-036] law 5', () => {
  it(`the witness forces the row, and no member of it can go (${String(runs)} cases)`, () => {
    fc.assert(
      fc.property(fitting, ({ said, closedBy, rules }) => {
        const facts = ledger(said);
        const { explanation } = verdictOf(facts, { closedBy, policy: withPolicy(rules) });
        const { witness } = explanation;
        const wanted = `${explanation.rule.id} ${explanation.status}`;
        const known = new Set([...facts.map(({ fact }) => fact.id), id('closed')]);
        expect(witness.filter((member) => !known.has(member))).toEqual([]);
        expect(worlds(facts, witness, closedBy, rules)).toEqual(new Set([wanted]));
        for (const gone of witness) {
          expect(
            worlds(
              facts,
              witness.filter((member) => member !== gone),
              closedBy,
              rules,
            ),
          ).not.toEqual(new Set([wanted]));
        }
      }),
      { numRuns: runs },
    );
  });

  it(`every counterfactual gives what it states, and something else than the verdict (${String(runs)} cases)`, () => {
    let stated = 0;
    fc.assert(
      fc.property(fitting, ({ said, closedBy, rules }) => {
        const { explanation } = verdictOf(ledger(said), { closedBy, policy: withPolicy(rules) });
        for (const { change, wouldBe } of explanation.counterfactuals) {
          stated++;
          expect(wouldBe).not.toBe(explanation.status);
          const changed = [change, ...(change.and ?? [])].reduce(replaced, said);
          const unfinished = observe(fold(ledger(changed))).joined.some(({ outcome }) => outcome === 'RUNNING');
          const closing = closedBy !== 'CANCELLED' ? closedBy : unfinished ? 'DEADLINE' : 'QUIET';
          expect(verdictOf(ledger(changed), { closedBy: closing, policy: withPolicy(rules) }).status).toBe(wouldBe);
        }
        if (explanation.rule.id === 'SOME_SUCCEEDED' && rules.length === 0) {
          const failed = explanation.participants.filter(({ outcome = 'PASS' }) => !['PASS', 'WARN'].includes(outcome));
          const better = explanation.counterfactuals.filter(({ wouldBe }) => wouldBe === 'SUCCESS').map(({ change }) => JSON.stringify(change));
          expect(better.some((change) => failed.every(({ type }) => change.includes(type)))).toBe(true);
        }
      }),
      { numRuns: runs },
    );
    expect(stated).toBeGreaterThan(runs / 2);
  });
});

/** The rulings of the worlds that agree with a witness: it alone; all other participants passed; all failed. Replayed through the ledger. */
function worlds(facts: readonly Recorded[], ids: readonly string[], closedBy: string, rules: readonly PolicyRow[]): Set<string> {
  if (ids.length === 0) return new Set(['none']);
  const closing = ids.includes(id('closed')) || ids.includes(id('cancel')) ? closedBy : 'QUIET';
  const told = facts.filter(({ fact }) => ids.includes(fact.id));
  if (told.length === 0 && !ids.includes(id('closed'))) return new Set(['none']);
  const known = observe(fold(told)).joined.map(({ type }) => type);
  const others = observe(fold(facts))
    .joined.map(({ type }) => type)
    .filter((type) => !known.includes(type));
  const filled = [[], others.map((type) => end(type, true)), others.map((type) => end(type, false))];
  return new Set(
    filled.map((more) => {
      const { joined } = observe(fold([...told, ...more.map((said, n) => recorded(said, 1_000 + n))]));
      const { status, ruleId } = rule(joined, closing as 'QUIET', rules);
      return `${ruleId} ${status}`;
    }),
  );
}

function end(subTaskType: string, passed: boolean): Said {
  const data = { round: 1, attempt: 1, subTaskType, counts: { blocker: 0, error: passed ? 0 : 1, warning: 0, info: 0 } };
  return passed
    ? { type: 'SubTaskCompleted', data: { ...data, result: 'PASS' } }
    : { type: 'SubTaskFailed', data: { ...data, failureKind: 'QUALITY', reason: 'lint error' } };
}

function replaced(said: readonly Said[], { fact, becomes }: FactChange): Said[] {
  const kept = said.filter((each) => factOf(each).id !== fact?.id);
  if (!becomes) return kept;
  const { type, ...data } = becomes;
  const failed = type === 'SubTaskFailed';
  const counts = { blocker: 0, error: failed ? 1 : 0, warning: 0, info: 0 };
  return [...kept, { type, id: fact?.id ?? id('appeared'), data: { round: 1, ...data, counts, ...(failed ? { reason: 'changed' } : {}) } }];
}

it(`[I6 C-08] law 6: facts after the close change neither the verdict nor who was there (${String(runs)} cases)`, () => {
  fc.assert(
    fc.property(fitting, facts(6), ({ said, closedBy, rules }, late) => {
      const policy = withPolicy(rules);
      const inTime = ledger(said);
      const all = ledger([...said, ...late]);
      const before = verdictOf(inTime, { closedBy, policy });
      const state = all.slice(said.length).reduce(evolve, closeAt(fold(inTime), said.length));
      expect(judgeState(state, all, { closedBy, policy, cutoff: said.length })).toEqual(before);
      const shown = participantsOf(state).filter(({ kind }) => kind !== 'late');
      expect(shown.map(({ report: _, ...each }) => each)).toEqual(before.explanation.participants);
    }),
    { numRuns: runs },
  );
});

it(`[Z-033 Z-024] law 7: no type is special; renamed, everybody gets the same verdict (${String(runs)} cases)`, () => {
  const renamed = (type: unknown): string =>
    `X_${[...types]
      .reverse()
      .indexOf(type as 'SQL')
      .toString()}`;
  fc.assert(
    fc.property(fitting, ({ said, closedBy }) => {
      const ids = said.map((each) => each.id);
      const clean = said.filter((each) => ids.filter((other) => other === each.id).length === 1);
      const other = clean.map((each) => ({ ...each, data: { ...each.data, subTaskType: renamed(each.data['subTaskType']) } }));
      const [one, two] = [verdictOf(ledger(clean), { closedBy }), verdictOf(ledger(other), { closedBy })];
      expect([two.status, two.explanation.rule.id, two.explanation.participants.length]).toEqual([
        one.status,
        one.explanation.rule.id,
        one.explanation.participants.length,
      ]);
    }),
    { numRuns: runs },
  );
});
