/** Facts that contradict each other. A conflict is shown; it changes the status only if a policy row says so. */
import { compare } from './merge';
import { best, claimsUpTo, groupBy, isEnd, takesPart } from './observe';
import { type Claim, type RoundState } from './state';

export interface Conflict {
  /** OUTCOME: two outcomes of one attempt. SOURCE: two publishers of one attempt. ID_REUSED: one id, two payloads. MANIFEST: not the same package seen. */
  readonly kind: 'OUTCOME' | 'SOURCE' | 'ID_REUSED' | 'MANIFEST';
  readonly type?: string;
  readonly attempt?: number;
  /** Sorted. */
  readonly factIds: readonly string[];
  /** Who counts, see `best`: the failure first, and among equals the smallest payload hash. */
  readonly winner: { readonly factId: string; readonly payloadHash: string };
}

interface Mark {
  readonly id: string;
  readonly payloadHash: string;
}

/** In a fixed order. `included` are the ledger's (id, payload hash), for ids reused by facts of which a round keeps no claim. */
export function conflictsOf(state: RoundState, cutoff = Infinity, included: readonly Mark[] = []): Conflict[] {
  const claims = claimsUpTo(state, cutoff);
  const attempts = [...groupBy(claims.filter(takesPart), ({ type, attempt }) => `${type} ${String(attempt)}`).values()];
  const found = [
    ...attempts.flatMap((attempt) => contradiction('OUTCOME', attempt.filter(isEnd), ({ says }) => says)),
    ...attempts.flatMap((attempt) => contradiction('SOURCE', attempt, ({ source }) => source)),
    ...[...groupBy(claims, ({ id }) => id).values()].flatMap((payloads) => contradiction('ID_REUSED', payloads, ({ payloadHash }) => payloadHash)),
    ...[
      ...groupBy(
        claims.filter(({ manifest }) => manifest),
        ({ manifest }) => String(manifest?.format),
      ).values(),
    ].flatMap((seen) => contradiction('MANIFEST', seen, ({ manifest }) => manifest?.sha256 ?? '')),
    ...reusedElsewhere(included, new Set(claims.map(({ id }) => id))),
  ];
  return found.sort((a, b) => compare(orderOf(a), orderOf(b)));
}

function contradiction(kind: Conflict['kind'], claims: readonly Claim[], valueOf: (claim: Claim) => string): Conflict[] {
  const winner = best(claims);
  if (!winner || new Set(claims.map(valueOf)).size < 2) return [];
  const perAttempt = kind === 'OUTCOME' || kind === 'SOURCE';
  return [
    {
      kind,
      ...(perAttempt ? { type: winner.type, attempt: winner.attempt } : {}),
      factIds: [...new Set(claims.map(({ id }) => id))].sort(),
      winner: { factId: winner.id, payloadHash: winner.payloadHash },
    },
  ];
}

function reusedElsewhere(included: readonly Mark[], claimed: ReadonlySet<string>): Conflict[] {
  const others = groupBy(
    included.filter(({ id }) => !claimed.has(id)),
    ({ id }) => id,
  );
  return [...others].flatMap(([id, marks]): Conflict[] => {
    const [smallest, second] = [...new Set(marks.map(({ payloadHash }) => payloadHash))].sort();
    if (smallest === undefined || second === undefined) return [];
    return [{ kind: 'ID_REUSED', factIds: [id], winner: { factId: id, payloadHash: smallest } }];
  });
}

function orderOf({ kind, type = '', attempt = 0, factIds }: Conflict): (string | number)[] {
  return [kind, type, attempt, factIds.join()];
}
