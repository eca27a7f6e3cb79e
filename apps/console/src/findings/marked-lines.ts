/** The lines around a finding with the place marked, secrets masked. Pure. */
import { maskSecrets } from '@tributary/findings';
import { type ShownFinding } from '@tributary/http-api';

type Range = NonNullable<ShownFinding['location']['range']>;

export interface MarkedLine {
  readonly number: number;
  readonly before: string;
  /** What the finding is about; empty on lines around it. */
  readonly marked: string;
  readonly after: string;
}

const around = 4;
/** Of a place that goes on and on, its beginning. */
const placeLinesMax = 24;
const shownMax = 240;

export function linesAround(text: string, range: Range): readonly MarkedLine[] {
  const lines = text.split(/\r\n|\n|\r/);
  const from = Math.max(1, range.startLine - around);
  const to = Math.min(lines.length, Math.min(range.endLine, range.startLine + placeLinesMax) + around);
  const block = lines.slice(from - 1, to);
  const masked = maskSecrets(block.join('\n')).split('\n');
  return block.map((line, index) => {
    const number = from + index;
    const shown = masked.length === block.length ? (masked[index] ?? '') : maskSecrets(line);
    // Columns count in the text as it is: a line that was masked is marked whole.
    return cutAround(shown === line ? marked(line, number, range) : whole(shown, number, range));
  });
}

/** What the report itself quotes, where the file is out of reach. */
export function linesOfEvidence(evidence: string, range: Range | undefined): readonly MarkedLine[] {
  const first = range?.startLine ?? 1;
  return evidence.split('\n').map((line, index) => ({ number: first + index, before: '', marked: line, after: '' }));
}

function marked(line: string, number: number, range: Range): MarkedLine {
  if (number < range.startLine || number > range.endLine) return { number, before: line, marked: '', after: '' };
  const start = number === range.startLine ? range.startColumn - 1 : indentOf(line);
  const end = number === range.endLine ? range.endColumn : line.length;
  return { number, before: line.slice(0, start), marked: line.slice(start, end), after: line.slice(Math.max(start, end)) };
}

function whole(line: string, number: number, { startLine, endLine }: Range): MarkedLine {
  const inside = number >= startLine && number <= endLine;
  return { number, before: inside ? '' : line, marked: inside ? line : '', after: '' };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A line may be a whole file: what stands far from the mark is left out. */
function cutAround({ number, before, marked: mark, after }: MarkedLine): MarkedLine {
  const head = mark === '' ? cutEnd(before) : before.length > shownMax ? `…${before.slice(-shownMax)}` : before;
  return { number, before: head, marked: cutEnd(mark), after: cutEnd(after) };
}

function cutEnd(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}
