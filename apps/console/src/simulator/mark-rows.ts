/** Where the facts of a scenario stand on a line so that nothing covers anything: a row for each participant, its name once, in a free place. Pure. */
import { type ScenarioEvent } from './scenario';
import { type TimeScale } from './time-line';

/** Facts that would cover each other, drawn as one. */
export interface PlacedMark {
  /** Places in the scenario, in the order of time; the last one gives the mark its look. */
  readonly events: readonly number[];
  /** px from the left, of its middle. */
  readonly at: number;
}

export interface MarkRow {
  /** Empty for a cancel. */
  readonly type: string;
  readonly marks: readonly PlacedMark[];
  /** px from the left, and how wide it may be; `below`: on a line of its own under the marks. */
  readonly name: { readonly left: number; readonly width: number; readonly below: boolean };
  /** Lines above this row. */
  readonly line: number;
}

/** px. */
const markRadius = 8;
const countWidth = 20;
const space = 4;

/** `width`: of the line, px; `nameOf`: what is written for a type. */
export function markRows(events: readonly ScenarioEvent[], scale: TimeScale, width: number, nameOf: (type: string) => string): readonly MarkRow[] {
  const rows: MarkRow[] = [];
  let line = 0;
  for (const type of new Set(events.map((event) => event.type))) {
    const mine = events.map((event, index) => ({ ...event, index })).filter((event) => event.type === type);
    const ordered = mine.sort((a, b) => a.atMs - b.atMs || a.index - b.index);
    const marks = together(ordered.map(({ index, atMs }) => ({ index, at: middle((scale.at(atMs) / 100) * width, width) })));
    const name = freePlace(marks, textWidth(nameOf(type)), width);
    rows.push({ type, marks, name, line });
    line += name.below ? 2 : 1;
  }
  return rows;
}

/** How many lines all rows take. */
export function linesOf(rows: readonly MarkRow[]): number {
  const last = rows.at(-1);
  return last ? last.line + (last.name.below ? 2 : 1) : 0;
}

/** A mark at the very edge is seen whole, with its count. */
function middle(at: number, width: number): number {
  return Math.max(markRadius, Math.min(at, width - markRadius - countWidth));
}

function together(places: readonly { readonly index: number; readonly at: number }[]): readonly PlacedMark[] {
  const marks: PlacedMark[] = [];
  for (const { index, at } of places) {
    const before = marks.at(-1);
    if (before && at - markRadius < rightOf(before)) marks[marks.length - 1] = { ...before, events: [...before.events, index] };
    else marks.push({ events: [index], at });
  }
  return marks;
}

function rightOf({ at, events }: PlacedMark): number {
  return at + markRadius + (events.length > 1 ? countWidth : 0);
}

/** Behind the last mark, before the first, between two, or below them all. */
function freePlace(marks: readonly PlacedMark[], wanted: number, width: number): MarkRow['name'] {
  const edges = [0, ...marks.flatMap((mark) => [mark.at - markRadius - space, rightOf(mark) + space]), width];
  const gaps = Array.from({ length: edges.length / 2 }, (_, n) => ({ from: edges[2 * n] ?? 0, to: edges[2 * n + 1] ?? 0 }));
  const [last, ...others] = [gaps.at(-1), ...gaps.slice(0, -1)];
  const free = [last, ...others].find((gap) => gap !== undefined && gap.to - gap.from >= wanted);
  if (!free) return { left: Math.max(0, Math.min((marks[0]?.at ?? 0) - markRadius, width - wanted)), width: Math.min(wanted, width), below: true };
  // Before a mark it stands close to the mark.
  return { left: free === last ? free.from : free.to - wanted, width: wanted, below: false };
}

/** Types are capitals, digits and underscores, 12 px high; Chinese is wider. */
function textWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.charCodeAt(0) < 256 ? 8.5 : 13), 0);
}
