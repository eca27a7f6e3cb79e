/** From offsets to lines and columns, and the text that a finding shows. */
import { type Range } from '@tributary/findings';
import { type Span } from './parsing/statement';

/** The text at a place says enough when it is at least this long. */
const evidenceLengthMin = 24;
const evidenceLengthMax = 4_000;
const identityLengthMax = 600;

export class Places {
  readonly #text: string;
  readonly #lines: Uint32Array;

  constructor(text: string) {
    this.#text = text;
    const lines = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
    this.#lines = Uint32Array.from(lines);
  }

  /** Lines and columns from 1, the end inclusive. An empty span is one column wide. */
  range({ start, end }: Span): Range {
    const last = Math.max(start, end - 1);
    const [startLine, endLine] = [this.lineOf(start), this.lineOf(last)];
    return { startLine, startColumn: start - this.#start(startLine) + 1, endLine, endColumn: last - this.#start(endLine) + 1 };
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  evidence(span: Span): string {
    if (span.end - span.start >= evidenceLengthMin) return this.#text.slice(span.start, Math.min(span.end, span.start + evidenceLengthMax)).toWellFormed();
    const line = this.lineOf(span.start);
    const lineEnd = Math.max(span.end, (this.#lines[line] ?? this.#text.length + 1) - 1);
    const from = Math.max(this.#start(line), span.start - evidenceLengthMax / 40);
    return this.#text
      .slice(from, Math.min(lineEnd, from + evidenceLengthMax))
      .trim()
      .toWellFormed();
  }

  #start(line: number): number {
    return this.#lines[line - 1] ?? 0;
  }
}

/** A text without its layout and letter case. */
export function withoutLayout(text: string): string {
  return text.slice(0, identityLengthMax).replaceAll(/\s+/g, ' ').trim().toUpperCase();
}
