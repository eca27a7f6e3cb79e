/** A simulated window drawn as time: a lane for each participant, the participation period, the close. Pure. */
import { type SimulatedEvent, type Verb } from './event-file';
import { durationText } from '../quantities';
import { padded, type Style, type Tone, widthOf } from '../style';

export interface TimeLine {
  readonly events: readonly SimulatedEvent[];
  readonly participationMs: number;
  readonly closedAtMs: number;
  /** The end of the scale, ms; the same for all that stand side by side. */
  readonly untilMs: number;
  readonly columns: number;
  /** Label of the window's own lane. */
  readonly windowLabel: string;
}

const signs: Readonly<Record<Verb, readonly [string, Tone]>> = {
  joins: ['▷', 'accent'],
  passes: ['✔', 'good'],
  warns: ['▲', 'fair'],
  fails: ['✖', 'bad'],
  declines: ['–', 'dim'],
  cancels: ['⊘', 'bad'],
};

export function timeLine({ events, participationMs, closedAtMs, untilMs, columns, windowLabel }: TimeLine, style: Style): string[] {
  const types = [...new Set(events.map(({ type }) => type))];
  const label = Math.max(widthOf(windowLabel), ...types.map(widthOf));
  const width = Math.max(20, columns - label - 4);
  const place = (ms: number): number => Math.min(width - 1, Math.max(0, Math.round((ms / Math.max(1, untilMs)) * (width - 1))));
  const close = place(closedAtMs);
  const window = Array.from({ length: width }, (_, n) => (n === close ? '┃' : n > close ? ' ' : n <= place(participationMs) ? '▒' : '─')).join('');
  return [
    `  ${padded(windowLabel, label)}  ${style('dim', window.trimEnd())}`,
    ...types.map(
      (type) =>
        `  ${padded(type, label)}  ${lane(
          events.filter((event) => event.type === type),
          { width, place, close, closedAtMs },
          style,
        )}`,
    ),
    `  ${' '.repeat(label)}  ${style('dim', scale(width, untilMs))}`,
  ];
}

interface Ruler {
  readonly width: number;
  readonly place: (ms: number) => number;
  readonly close: number;
  readonly closedAtMs: number;
}

function lane(events: readonly SimulatedEvent[], { width, place, close, closedAtMs }: Ruler, style: Style): string {
  const cells = Array.from({ length: width }, (_, n) => (n === close ? style('dim', '┃') : ' '));
  const begun = events.find(({ verb }) => verb === 'joins');
  const ended = events.find(({ verb }) => verb !== 'joins' && verb !== 'declines');
  if (begun) for (let n = place(begun.atMs); n < (ended ? place(ended.atMs) : width); n++) cells[n] = style('dim', n === close ? '┃' : '·');
  for (const { verb, atMs } of events) {
    const [sign, tone] = signs[verb];
    cells[place(atMs)] = style(atMs > closedAtMs ? 'dim' : tone, sign);
  }
  return cells.join('').trimEnd();
}

function scale(width: number, untilMs: number): string {
  const right = durationText(untilMs);
  const middle = durationText(untilMs / 2);
  const half = Math.floor(width / 2);
  return `0${' '.repeat(Math.max(1, half - 1 - Math.floor(middle.length / 2)))}${middle}`.padEnd(width - right.length) + right;
}
