/** The rounds of a task, each with its window: of the ledger, and of what the task says about those that count now. Pure. */
import { type Task, type Window } from '@tributary/http-api';
import { numberOf, type PlacedFact, roundOf, textOf } from './told';

export interface ShownWindow {
  readonly participationMs: number;
  readonly gapMs: number;
  readonly deadlineMs: number;
  readonly pausedMs: number;
  /** ms since 1970; absent until the window opens. */
  readonly openedAt?: number;
  readonly participationEndsAt?: number;
  readonly deadlineAt?: number;
  readonly closedAt?: number;
  readonly closedBy?: string;
}

export interface Round {
  readonly round: number;
  readonly window: ShownWindow;
  readonly participants: Task['participants'];
}

/** A window is open: of the first round, or of another look. */
export function isOpen({ revision, openRound }: Pick<Task, 'revision' | 'openRound'>): boolean {
  return revision === 0 || openRound !== undefined;
}

/** The oldest first. */
export function roundsOf(task: Task, facts: readonly PlacedFact[]): readonly Round[] {
  const standing: Round = { round: task.round, window: windowOf(task.window), participants: task.participants };
  const open = task.openRound && { round: task.openRound.round, window: windowOf(task.openRound.window), participants: task.openRound.participants };
  const known = new Map([standing, ...(open ? [open] : [])].map((round) => [round.round, round]));
  const opened = facts.filter(({ fact }) => fact.type === 'RescanRequested').map(({ fact }) => roundOf(fact));
  const all = [...new Set([1, ...opened, ...known.keys()])].sort((a, b) => a - b);
  return all.map((round) => known.get(round) ?? { round, window: pastWindow(round, facts, task.window), participants: [] });
}

/** The server leaves the times out until the window opens, whatever their type says. */
export function windowOf(window: Partial<Window> & Pick<Window, 'participationMs' | 'gapMs' | 'deadlineMs' | 'pausedMs'>): ShownWindow {
  const { participationMs, gapMs, deadlineMs, pausedMs, openedAt, participationEndsAt, deadlineAt, closedAt, closedBy } = window;
  return {
    ...{ participationMs, gapMs, deadlineMs, pausedMs },
    ...(openedAt !== undefined && { openedAt: Date.parse(openedAt) }),
    ...(participationEndsAt !== undefined && { participationEndsAt: Date.parse(participationEndsAt) }),
    ...(deadlineAt !== undefined && { deadlineAt: Date.parse(deadlineAt) }),
    ...(closedAt !== undefined && { closedAt: Date.parse(closedAt) }),
    ...(closedBy !== undefined && { closedBy }),
  };
}

function pastWindow(round: number, facts: readonly PlacedFact[], { participationMs, gapMs, deadlineMs }: Task['window']): ShownWindow {
  const closed = facts.find(({ fact }) => fact.type === 'WindowClosed' && roundOf(fact) === round)?.fact;
  const openedAt = closed && textOf(closed, 'openedAt');
  if (!closed || openedAt === undefined) return { participationMs, gapMs, deadlineMs, pausedMs: 0 };
  const pausedMs = numberOf(closed, 'pausedMs') ?? 0;
  const from = Date.parse(openedAt);
  const closedBy = textOf(closed, 'closedBy');
  return {
    ...{ participationMs, gapMs, deadlineMs, pausedMs, openedAt: from },
    participationEndsAt: from + participationMs + pausedMs,
    deadlineAt: from + deadlineMs + pausedMs,
    closedAt: Date.parse(textOf(closed, 'closedAt') ?? closed.time),
    ...(closedBy !== undefined && { closedBy }),
  };
}
