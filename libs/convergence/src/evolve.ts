/** Folds one recorded fact into a round. Total: what is not about this round changes nothing. */
import {
  type CancelRequested,
  type SubTaskCompleted,
  type SubTaskDeclined,
  type SubTaskFailed,
  type SubTaskProgressed,
  type SubTaskStarted,
} from '@tributary/facts';
import { joinClaims, joinProgress } from './merge';
import { type Claim, claimKey, type Progress, type Recorded, type RoundState } from './state';

type GateFact = SubTaskStarted | SubTaskProgressed | SubTaskCompleted | SubTaskFailed | SubTaskDeclined | CancelRequested;

/**
 * Idempotent and commutative: the same set of recorded facts gives the same state in any order and multiplicity. Facts of other rounds and
 * other kinds are ignored. `CancelRequested` names no round: it applies to the round that it is folded into.
 */
export function evolve(state: RoundState, recorded: Recorded): RoundState {
  const fact = recorded.fact as GateFact;
  if ('round' in fact.data && fact.data.round !== state.round) return state;
  if (fact.type === 'SubTaskProgressed') return late(state, recorded) ? state : withProgress(state, fact.data, recorded.watchMs);
  const claim = claimOf(fact, recorded);
  return claim ? withClaim(state, claim) : state;
}

/** Is the fact one that a round folds as a claim or as progress? What is not can be recorded without touching the round. */
export function concerns(state: Pick<RoundState, 'round'>, fact: Recorded['fact']): boolean {
  if (fact.type === 'CancelRequested') return true;
  return fact.type.startsWith('SubTask') && fact.data['round'] === state.round;
}

function late(state: RoundState, { sequence }: Recorded): boolean {
  return state.cutoff !== undefined && sequence > state.cutoff;
}

function withClaim(state: RoundState, claim: Claim): RoundState {
  const key = claimKey(claim);
  const known = state.claims[key];
  const joined = known ? joinClaims(known, claim) : claim;
  return joined === known ? state : { ...state, claims: { ...state.claims, [key]: joined } };
}

function withProgress(state: RoundState, { subTaskType, attempt, done, total, unit }: SubTaskProgressed['data'], heardWatchMs: number): RoundState {
  const told: Progress = { attempt, done, total, unit, heardWatchMs };
  const known = state.progress[subTaskType];
  return { ...state, progress: { ...state.progress, [subTaskType]: known ? joinProgress(known, told) : told } };
}

function claimOf(fact: Exclude<GateFact, SubTaskProgressed>, { payloadHash, sequence, watchMs }: Recorded): Claim | undefined {
  const mark = { id: fact.id, payloadHash, source: fact.source, sequence, watchMs };
  switch (fact.type) {
    case 'SubTaskStarted':
      return { ...mark, says: 'STARTED', ...part(fact.data), ...given('heartbeatMs', fact.data.heartbeatMs), ...manifest(fact.data) };
    case 'SubTaskCompleted':
      return { ...mark, says: fact.data.result, ...part(fact.data), ...ending(fact.data), ...manifest(fact.data) };
    case 'SubTaskFailed':
      return { ...mark, says: fact.data.failureKind, ...part(fact.data), reason: shortened(fact.data.reason), ...ending(fact.data), ...manifest(fact.data) };
    case 'SubTaskDeclined': {
      const { subTaskType: type, reasonCode, detail } = fact.data;
      return { ...mark, says: 'DECLINED', type, attempt: 1, reasonCode, ...(detail === undefined ? {} : { reason: shortened(detail) }) };
    }
    case 'CancelRequested':
      return { ...mark, says: 'CANCEL', type: '', attempt: 1 };
    default:
      return undefined;
  }
}

function part({ subTaskType, attempt }: SubTaskStarted['data']): Pick<Claim, 'type' | 'attempt'> {
  return { type: subTaskType, attempt };
}

function ending({ counts, report }: Pick<SubTaskCompleted['data'], 'counts' | 'report'>): Pick<Claim, 'counts' | 'report'> {
  return { ...given('counts', counts), ...given('report', report) };
}

function manifest({ manifestSha256, manifestFormat = 1 }: Pick<SubTaskStarted['data'], 'manifestSha256' | 'manifestFormat'>): Pick<Claim, 'manifest'> {
  return manifestSha256 === undefined ? {} : { manifest: { format: manifestFormat, sha256: manifestSha256 } };
}

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

/** In code points: a participant's reason travels in the verdict's fact, 256 of them have to fit. The whole text stays in the ledger. */
export const reasonLengthMax = 200;

function shortened(text: string): string {
  const points = Array.from(text.slice(0, 2 * reasonLengthMax + 2));
  return points.length <= reasonLengthMax ? text : `${points.slice(0, reasonLengthMax - 1).join('')}…`;
}
