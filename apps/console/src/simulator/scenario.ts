/** Facts at times, as somebody imagines them: how they stand in an address, and how they become facts for the core. Pure. */
import { simulateWindow, type Simulation } from '@tributary/convergence';
import { CancelRequested, type Fact, makeFact, type PolicySnapshot, SubTaskCompleted, SubTaskDeclined, SubTaskFailed, SubTaskStarted } from '@tributary/facts';

export const happenings = ['started', 'pass', 'warn', 'quality', 'transient', 'unrecoverable', 'declined', 'cancel'] as const;
export type Happening = (typeof happenings)[number];

export interface ScenarioEvent {
  /** The participant; empty for a cancel. */
  readonly type: string;
  readonly what: Happening;
  /** After the window opened. */
  readonly atMs: number;
}

export const typeShape = /^[A-Z][A-Z0-9_]{0,63}$/;
export const eventsMax = 60;
const atMsMax = 7 * 24 * 3_600_000;

/** `SQL.started.500~SQL.pass.3000`: short, and no character of it has to be escaped. */
export function scenarioText(events: readonly ScenarioEvent[]): string {
  return events.map(({ type, what, atMs }) => `${type}.${what}.${String(atMs)}`).join('~');
}

/** What nobody understands is left out. */
export function scenarioIn(text: string): readonly ScenarioEvent[] {
  return text
    .split('~')
    .slice(0, eventsMax)
    .flatMap((part) => {
      const [type = '', said, at = ''] = part.split('.');
      const what = happenings.find((known) => known === said);
      const atMs = Number(at);
      if (!what || !/^\d+$/.test(at) || atMs > atMsMax || (what !== 'cancel' && !typeShape.test(type))) return [];
      return [{ type: what === 'cancel' ? '' : type, what, atMs }];
    });
}

/** The same events under one policy, by the core that the coordinator runs. Events of a type without a name are left out. */
export function simulated(events: readonly ScenarioEvent[], policy: PolicySnapshot): Simulation {
  const facts = events.flatMap((event, index) => {
    const fact = factOf(event, index);
    return fact ? [{ fact, atMs: event.atMs }] : [];
  });
  return simulateWindow({ facts, policy });
}

/** Facts are named by their place in the scenario, so that what the core says can be led back to it. */
export function eventIdOf(index: number): string {
  return `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

function factOf({ type, what, atMs }: ScenarioEvent, index: number): Fact | undefined {
  const taskId = 'simulated';
  const envelope = { id: eventIdOf(index), source: `/simulator/${type.toLowerCase()}`, subject: taskId, time: new Date(atMs).toISOString() };
  if (what === 'cancel') return makeFact(CancelRequested, { ...envelope, data: { taskId } });
  if (!typeShape.test(type)) return undefined;
  const data = { taskId, subTaskType: type, round: 1, attempt: 1 };
  if (what === 'started') return makeFact(SubTaskStarted, { ...envelope, data });
  if (what === 'declined') return makeFact(SubTaskDeclined, { ...envelope, data: { ...data, reasonCode: 'NOTHING_TO_SCAN' } });
  if (what === 'pass' || what === 'warn') return makeFact(SubTaskCompleted, { ...envelope, data: { ...data, result: what === 'pass' ? 'PASS' : 'WARN' } });
  const failureKind = ({ quality: 'QUALITY', transient: 'TRANSIENT', unrecoverable: 'UNRECOVERABLE' } as const)[what];
  return makeFact(SubTaskFailed, { ...envelope, data: { ...data, failureKind, reason: 'simulated' } });
}

/** Beginnings to play with. */
export const examples: Readonly<Record<'everybody' | 'slow' | 'late' | 'nobody', string>> = {
  everybody: 'SQL.started.300~EXCEL.started.450~WEDATA.declined.500~EXCEL.pass.1400~SQL.warn.2100',
  slow: 'SQL.started.400~SQL.pass.1500~EXCEL.started.3000~EXCEL.quality.9000',
  late: 'SQL.started.300~SQL.pass.900~EXCEL.started.14000~EXCEL.quality.15000',
  nobody: 'SQL.declined.300~EXCEL.declined.400',
};
