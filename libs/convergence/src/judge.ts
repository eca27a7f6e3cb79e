/** From a closed round to its verdict: status, explanation, and the canonical bytes that anybody can recompute from the ledger. */
import { canonicalJson, type ClosedBy, type FinalStatus, type PolicySnapshot, sha256Hex } from '@tributary/facts';
import { conflictsOf } from './conflicts';
import { counterfactualsOf } from './counterfactuals';
import { type Explanation } from './explanation';
import { compare } from './merge';
import { observe } from './observe';
import { type Participant, participantsOf } from './participants';
import { stateAsOf } from './ruling-of';
import { type RoundState } from './state';
import { rule, valuesOf } from './table';
import { witnessOf } from './witness';

/** What `WindowClosed` says, and its id. */
export interface Closing {
  readonly closedBy: ClosedBy;
  /** The last ledger position that is judged; the verdict reads nothing of the state beyond it. */
  readonly cutoff: number;
  readonly knownTypes: readonly string[];
  readonly unreachable: readonly string[];
  /** RFC 3339, for the explanation. */
  readonly openedAt: string;
  readonly closedAt: string;
  readonly pausedMs: number;
  readonly windowClosedId: string;
  /** An amended verdict: late facts up to `cutoff` are taken in. */
  readonly late?: boolean;
}

export interface Included {
  readonly id: string;
  readonly payloadHash: string;
}

export interface JudgeInput {
  readonly tenant: string;
  readonly taskId: string;
  readonly revision: number;
  readonly state: RoundState;
  readonly policy: PolicySnapshot;
  readonly closing: Closing;
  /** Every ledger entry up to the cutoff that the digest covers; any order. */
  readonly included: readonly Included[];
}

export interface Verdict {
  readonly status: FinalStatus;
  readonly explanation: Explanation;
  /** RFC 8785 JSON; no times, nothing that came late, nothing that depends on the order of facts. */
  readonly canonical: string;
  /** sha256 of the canonical bytes, lower-case hex. */
  readonly verdictHash: string;
}

/** Total: the decision table has a row for everything. */
export function judge({ tenant, taskId, revision, state, policy, closing, included }: JudgeInput): Verdict {
  const judged = stateAsOf(state, closing.cutoff);
  const { joined, declined } = observe(judged);
  const ruling = rule(joined, closing.closedBy, policy.rules);
  const values = valuesOf(ruling, joined, closing.closedBy);
  const participants = participantsOf(judged, { knownTypes: closing.knownTypes, unreachable: closing.unreachable, closedAtSequence: closing.cutoff });
  const canonical = canonicalJson({
    tenant,
    taskId,
    round: state.round,
    revision,
    status: ruling.status,
    rule: { id: ruling.ruleId, values },
    participants: participants.map(canonicalParticipant),
    closedBy: closing.closedBy,
    cutoff: closing.cutoff,
    included: sortedMarks(included),
  });
  const { rules: rows } = policy;
  const { closedBy, windowClosedId } = closing;
  const explanation: Explanation = {
    status: ruling.status,
    revision,
    rule: { id: ruling.ruleId, ...(ruling.row ? { row: { when: ruling.row.when } } : {}), values },
    witness: witnessOf({ state: judged, rows, closedBy, windowClosedId }, ruling),
    closed: {
      by: closedBy,
      at: closing.closedAt,
      because: {
        ...windowsOf(policy),
        openedAt: closing.openedAt,
        pausedMs: closing.pausedMs,
        unfinished: joined.filter(({ outcome }) => outcome === 'RUNNING').map(({ type }) => type),
      },
      ...(closing.late ? { late: true } : {}),
    },
    participants: participants.map(withoutReport),
    conflicts: conflictsOf(judged, closing.cutoff, included),
    counterfactuals: counterfactualsOf({
      state: judged,
      rows,
      closedBy,
      status: ruling.status,
      absentTypes: [...closing.knownTypes, ...declined.map(({ type }) => type)],
    }),
  };
  return { status: ruling.status, explanation, canonical, verdictHash: sha256Hex(canonical) };
}

/** sha256 over the RFC 8785 JSON of the included (id, payload hash), sorted, each once: what `WindowClosed` carries. */
export function digestOf(included: readonly Included[]): string {
  return sha256Hex(canonicalJson(sortedMarks(included)));
}

function sortedMarks(included: readonly Included[]): Included[] {
  const marks = included.map(({ id, payloadHash }) => ({ id, payloadHash })).sort((a, b) => compare([a.id, a.payloadHash], [b.id, b.payloadHash]));
  return marks.filter((mark, n) => n === 0 || compare([mark.id, mark.payloadHash], [marks[n - 1]?.id ?? '', marks[n - 1]?.payloadHash ?? '']) !== 0);
}

/** The public shape of a participant. */
export function withoutReport({ report: _, ...participant }: Participant): Participant {
  return participant;
}

/** What was decided about somebody, without what is only shown: progress, texts, places of reports. */
function canonicalParticipant({ type, kind, outcome, attempt, reasonCode, counts }: Participant): Partial<Participant> {
  const all = {
    type,
    kind,
    outcome,
    attempt,
    reasonCode,
    counts: counts && { blocker: counts.blocker, error: counts.error, warning: counts.warning, info: counts.info },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function windowsOf({ participationMs, gapMs, deadlineMs }: PolicySnapshot): Pick<PolicySnapshot, 'participationMs' | 'gapMs' | 'deadlineMs'> {
  return { participationMs, gapMs, deadlineMs };
}
