/** Facts at times, as a person writes them for a simulation. */
import {
  Counts,
  type Fact,
  type FactDefinition,
  makeFact,
  SubTaskCompleted,
  SubTaskDeclined,
  SubTaskFailed,
  CancelRequested,
  SubTaskStarted,
} from '@tributary/facts';
import { LineCounter, isMap, isNode, isSeq, parseDocument } from 'yaml';
import { CommandFailure } from '../failure';
import { durationMs } from '../quantities';
import { type TextKey, type TextValues } from '../texts';

export const verbs = ['joins', 'passes', 'warns', 'fails', 'declines', 'cancels'] as const;
export type Verb = (typeof verbs)[number];

export interface SimulatedEvent {
  readonly atMs: number;
  readonly verb: Verb;
  /** Of the participant; the task's own for a cancel. */
  readonly type: string;
  readonly fact: Fact;
}

export interface EventFile {
  readonly events: readonly SimulatedEvent[];
  /** Types that are expected because earlier versions had them. */
  readonly knownTypes: readonly string[];
}

const simulated = '00000000-0000-4000-8000-000000000000';
const typePattern = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Throws `CommandFailure` with the line. */
export function readEvents(text: string, file: string): EventFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (node: unknown): number => Math.max(1, lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0).line);
  const refuse = (line: number, why: TextKey, values: TextValues = {}): never => {
    throw new FactsFileFault(file, line, why, values);
  };
  const [syntax] = document.errors;
  if (syntax) throw new CommandFailure('INVALID_FILE', 'factsFileInvalid', { file, line: lines.linePos(syntax.pos[0]).line, why: syntax.message });
  const list = isMap(document.contents) ? document.contents.get('facts', true) : document.contents;
  if (!isSeq(list)) return refuse(lineOf(document.contents), 'eventList');
  const events = list.items.map((node, n) => {
    const value = isNode(node) ? (node.toJS(document) as Readonly<Record<string, unknown>> | null) : null;
    return eventIn(value ?? {}, n, (why, values) => refuse(lineOf(node), why, values));
  });
  const known = isMap(document.contents) ? (document.contents.toJS(document) as Readonly<Record<string, unknown>>)['knownTypes'] : undefined;
  return { events, knownTypes: Array.isArray(known) ? known.map(String) : [] };
}

/** The sentence is chosen where the language is known. */
export class FactsFileFault extends CommandFailure {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly why: TextKey,
    readonly whyValues: TextValues,
  ) {
    super('INVALID_FILE', 'factsFileInvalid', { file, line });
  }
}

function eventIn(value: Readonly<Record<string, unknown>>, n: number, refuse: (why: TextKey, values?: TextValues) => never): SimulatedEvent {
  const named = verbs.filter((verb) => value[verb] !== undefined);
  const [verb] = named;
  if (verb === undefined || named.length > 1 || value['at'] === undefined) return refuse('eventShape');
  const given = textOf(value['at']);
  const atMs = typeof value['at'] === 'number' ? value['at'] * 1_000 : durationMs(given);
  if (atMs === undefined) return refuse('eventTime', { given });
  const type = verb === 'cancels' ? 'TASK' : textOf(value[verb]);
  if (!typePattern.test(type)) return refuse('eventType', { given: type });
  return { atMs, verb, type, fact: factOf(verb, type, value, n) };
}

function factOf(verb: Verb, type: string, value: Readonly<Record<string, unknown>>, n: number): Fact {
  const id = `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`;
  const attempt = typeof value['attempt'] === 'number' ? value['attempt'] : 1;
  const own = { taskId: simulated, round: 1, subTaskType: type, attempt };
  const counts = Counts.safeParse(value['counts'] ?? {});
  const counted = counts.success && value['counts'] !== undefined ? { counts: counts.data } : {};
  const reason = textOf(value['because'] ?? 'simulated');
  const kind = textOf(value['kind'] ?? 'QUALITY').toUpperCase();
  const facts: Readonly<Record<Verb, () => Fact>> = {
    joins: () => told(SubTaskStarted, own),
    passes: () => told(SubTaskCompleted, { ...own, result: 'PASS', ...counted }),
    warns: () => told(SubTaskCompleted, { ...own, result: 'WARN', ...counted }),
    fails: () => told(SubTaskFailed, { ...own, failureKind: kind, reason, ...counted }),
    declines: () => told(SubTaskDeclined, { taskId: simulated, round: 1, subTaskType: type, reasonCode: 'SIMULATED', detail: reason }),
    cancels: () => told(CancelRequested, { taskId: simulated }),
  };
  const told = (definition: FactDefinition, data: unknown): Fact =>
    makeFact(definition, { id, source: '/simulated', subject: simulated, time: '1970-01-01T00:00:00.000Z', data }) as Fact;
  return facts[verb]();
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
