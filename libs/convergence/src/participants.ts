/** Everybody who was heard of, or whose silence is worth a word, in five kinds that are never mixed up. */
import { type Counts, type ReportRef } from '@tributary/facts';
import { compare } from './merge';
import { type Joined, observe } from './observe';
import { type Claim, type Outcome, type RoundState } from './state';

export type ParticipantKind = 'joined' | 'declined' | 'silent' | 'late' | 'unreachable';

export interface Participant {
  readonly type: string;
  readonly kind: ParticipantKind;
  readonly outcome?: Outcome;
  readonly attempt?: number;
  readonly reasonCode?: string;
  /** At most 200 characters; the fact has all of it. */
  readonly reason?: string;
  readonly counts?: Counts;
  readonly progress?: { readonly done: number; readonly total: number; readonly unit: string };
  /** Where its findings are; for those who merge reports, not part of the public shape. */
  readonly report?: ReportRef;
}

export interface ParticipantsExtra {
  /** Types that joined in this product's recent verdicts: silent, when nothing was heard of them. */
  readonly knownTypes?: readonly string[];
  /** As `WindowClosed` states them. */
  readonly unreachable?: readonly string[];
  /** The cutoff of the close: who was first heard after it is late. Default: the state's own cutoff, if it is closed. */
  readonly closedAtSequence?: number;
}

/** Sorted by type, one entry per type. Who joined in time stays joined with the outcome it had at the close. */
export function participantsOf(
  state: RoundState,
  { knownTypes = [], unreachable = [], closedAtSequence = state.cutoff }: ParticipantsExtra = {},
): Participant[] {
  const inTime = observe(state, closedAtSequence);
  const heard = new Map<string, Participant>();
  for (const joined of inTime.joined) heard.set(joined.type, joinedParticipant(state, joined, unreachable.includes(joined.type)));
  for (const claim of inTime.declined) heard.set(claim.type, declinedParticipant(claim, 'declined'));
  if (closedAtSequence !== undefined) {
    const everything = observe(state);
    for (const joined of everything.joined) if (!heard.has(joined.type)) heard.set(joined.type, { ...joinedParticipant(state, joined, false), kind: 'late' });
    for (const claim of everything.declined) if (!heard.has(claim.type)) heard.set(claim.type, declinedParticipant(claim, 'late'));
  }
  for (const type of knownTypes) if (!heard.has(type)) heard.set(type, { type, kind: 'silent' });
  return [...heard.values()].sort((a, b) => compare([a.type], [b.type]));
}

function joinedParticipant(state: RoundState, { type, attempt, outcome, by }: Joined, unreachable: boolean): Participant {
  const progress = state.progress[type];
  const counts = by.counts ?? (['PASS', 'WARN', 'QUALITY'].includes(outcome) ? noCounts : undefined);
  return {
    type,
    kind: unreachable && outcome === 'RUNNING' ? 'unreachable' : 'joined',
    outcome,
    attempt,
    ...(by.reason === undefined ? {} : { reason: by.reason }),
    ...(counts ? { counts } : {}),
    ...(progress?.attempt === attempt ? { progress: { done: progress.done, total: progress.total, unit: progress.unit } } : {}),
    ...(by.report ? { report: by.report } : {}),
  };
}

function declinedParticipant({ type, reasonCode, reason }: Claim, kind: 'declined' | 'late'): Participant {
  return { type, kind, ...(reasonCode === undefined ? {} : { reasonCode }), ...(reason === undefined ? {} : { reason }) };
}

/** Who scanned and counted nothing has counted no findings. */
export const noCounts: Counts = { blocker: 0, error: 0, warning: 0, info: 0 };
