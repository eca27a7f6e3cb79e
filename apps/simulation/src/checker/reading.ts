/** A history, read once and sorted by what the checks ask for. Pure; it trusts nothing but the events. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@tributary/facts';
import { type HistoryEvent } from '../history';

export interface ToldFact {
  /** Place in the history. */
  readonly index: number;
  readonly t: number;
  readonly topic: string;
  readonly key: string;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** sha256 over RFC 8785 of type and data. */
  readonly payloadHash: string;
}

export interface Mark {
  readonly id: string;
  readonly payloadHash: string;
}

export interface LedgerLine {
  readonly sequence: number;
  readonly id: string;
  readonly type: string;
  readonly payloadHash: string;
  readonly round?: number;
  readonly late: boolean;
}

export interface SettledVerdict {
  readonly revision: number;
  readonly round: number;
  readonly status: string;
  readonly canonical: string;
  readonly verdictHash: string;
  readonly recorded: readonly Mark[];
}

export interface Books {
  readonly task?: { readonly status: string; readonly revision: number; readonly round: number; readonly verdictHash?: string };
  readonly windows: readonly {
    readonly round: number;
    readonly opened: boolean;
    readonly closed: boolean;
    readonly cutoff?: number;
    readonly recorded: readonly Mark[];
  }[];
  readonly verdicts: readonly SettledVerdict[];
  readonly entries: readonly LedgerLine[];
}

export interface Accepted {
  readonly taskId: string;
  readonly willing: readonly string[];
}

export interface Reading {
  readonly seed: number;
  readonly events: readonly HistoryEvent[];
  readonly accepted: readonly Accepted[];
  /** In the order of the log, each telling. */
  readonly facts: readonly ToldFact[];
  readonly factsOf: ReadonlyMap<string, readonly ToldFact[]>;
  /** By `<id>:<payload hash>`, its first telling. */
  readonly byMark: ReadonlyMap<string, ToldFact>;
  readonly books: ReadonlyMap<string, Books>;
  readonly deadLetters: ReadonlySet<string>;
  /** Ids that were told with other content on purpose. */
  readonly equivocated: ReadonlySet<string>;
  readonly faults: readonly HistoryEvent[];
}

export const markOf = ({ id, payloadHash }: Mark): string => `${id}:${payloadHash}`;

export function read(events: readonly HistoryEvent[]): Reading {
  const facts = events.flatMap((event, index) => (event.f === 'fact' ? [toldFact(event, index)] : []));
  const byMark = new Map<string, ToldFact>();
  for (const fact of facts) if (!byMark.has(markOf(fact))) byMark.set(markOf(fact), fact);
  const faults = events.filter(({ f }) => f === 'fault');
  return {
    seed: events[0]?.seed ?? 0,
    events,
    accepted: events.filter(({ f, type }) => f === 'upload' && type === 'ok').map(({ value }) => value as unknown as Accepted),
    facts,
    factsOf: Map.groupBy(facts, ({ key }) => key),
    byMark,
    books: new Map(events.filter(({ f }) => f === 'ledger').map(({ key, value }) => [key, value as unknown as Books])),
    deadLetters: new Set(events.filter(({ f }) => f === 'dead-letter').map(({ value }) => String(value['factId']))),
    equivocated: new Set(faults.filter(({ key }) => key === 'equivocation').map(({ value }) => String(value['id']))),
    faults,
  };
}

/** The facts of a task as they were first told: repeats of one content left out. */
export function firstTold({ factsOf }: Reading, taskId: string): readonly ToldFact[] {
  const seen = new Set<string>();
  return (factsOf.get(taskId) ?? []).filter((fact) => !seen.has(markOf(fact)) && seen.add(markOf(fact)));
}

/** Every task that somebody uploaded, whether the client heard of it or not. */
export function uploadedTasks({ facts }: Reading): readonly string[] {
  return [...new Set(facts.filter(({ type }) => type === 'ZipUploaded').map(({ key }) => key))];
}

function toldFact({ t, key, process, value }: HistoryEvent, index: number): ToldFact {
  const { topic, id, type, data } = value as { topic: string; id: string; type: string; data: Readonly<Record<string, unknown>> };
  return { index, t, topic, key, id, type, source: process, data, payloadHash: createHash('sha256').update(canonicalJson({ type, data })).digest('hex') };
}
