/** A running task as lanes: one for each participant in the order in which they came forward, and what the window waits for. Pure. */
import { type Participant, type Task } from '@tributary/http-api';
import { participantLine, paintedStatusWord, type Speaker } from '../gate/words';
import { durationText } from '../quantities';
import { cut, padded, plain, type Style, widthOf } from '../style';

export interface LanesInput {
  readonly task: Task;
  /** Types in the order in which they were first heard of. */
  readonly order: readonly string[];
  /** ms since 1970, by the server's clock. */
  readonly nowMs: number;
  readonly columns: number;
  /** Why it is not live, in words; absent while it is. */
  readonly notLive?: string | undefined;
}

const barWidth = 20;

export function lanes({ task, order, nowMs, columns, notLive }: LanesInput, speaker: Speaker, style: Style): string[] {
  const { participants } = roundOf(task);
  const sorted = [...participants].sort((a, b) => placeOf(order, a.type) - placeOf(order, b.type));
  const width = Math.max(0, ...sorted.map(({ type }) => widthOf(type)));
  const head = `${paintedStatusWord(task.status, speaker, style)}  ${style('strong', plain(`${task.product} ${task.version}`))}${task.round > 1 ? `  ${speaker.text('round', { round: task.round })}` : ''}`;
  return [
    head,
    ...sorted.map((participant) => laneOf(participant, width, columns, speaker, style)),
    ...(sorted.length === 0 ? [`  ${style('dim', speaker.text('nobodyYet'))}`] : []),
    `  ${style('dim', cut(waitText(task, nowMs, speaker), columns - 2))}`,
    ...(notLive === undefined ? [] : [`  ${style('fair', cut(notLive, columns - 2))}`]),
  ];
}

function laneOf(participant: Participant, width: number, columns: number, speaker: Speaker, style: Style): string {
  const { sign, tone, type, says } = participantLine(participant, speaker);
  const { progress, outcome } = participant;
  const bar = outcome === 'RUNNING' && progress && progress.total > 0 ? `${barOf(progress.done / progress.total)} ` : '';
  return `  ${style(tone, sign)} ${padded(type, width)}  ${style('accent', bar)}${style(tone, cut(says, columns - width - bar.length - 7))}`;
}

/** `share` of 1 in blocks and eighths of blocks. */
export function barOf(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)) * barWidth * 8);
  const rest = eighths % 8;
  const full = '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (' ▏▎▍▌▋▊▉'[rest] ?? ''));
  return full.padEnd(barWidth, '░');
}

/** What the window waits for, from its times. */
export function waitText(task: Task, nowMs: number, { text }: Speaker): string {
  const { window, participants } = roundOf(task);
  const running = participants.filter(({ outcome, kind }) => outcome === 'RUNNING' && kind !== 'late');
  const paused = window.pausedMs > 0 ? `; ${text('waitPaused', { paused: durationText(window.pausedMs) })}` : '';
  const participationLeft = Date.parse(window.participationEndsAt) - nowMs;
  if (Number.isNaN(participationLeft)) return text('waitRecord');
  if (running.length > 0) {
    const left = durationText(roundedUp(Date.parse(window.deadlineAt) - nowMs));
    return text('waitRunning', { types: running.map(({ type }) => plain(type)).join(', '), left }) + paused;
  }
  if (participationLeft > 0) return text('waitParticipation', { left: durationText(roundedUp(participationLeft)) }) + paused;
  return text('waitGap', { gap: durationText(window.gapMs) }) + paused;
}

/** A countdown goes by seconds. */
function roundedUp(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1_000) * 1_000);
}

/** The round that runs, or the one that has the verdict. */
export function roundOf(task: Task): Pick<Task, 'participants' | 'window'> {
  return task.openRound ?? task;
}

function placeOf(order: readonly string[], type: string): number {
  const place = order.indexOf(type);
  return place === -1 ? order.length : place;
}
