/** Cuts bytes into lines, in batches and bounded memory. */

export interface ReportLineText {
  /** Undefined: longer than the bound. */
  readonly text: string | undefined;
  /** Where the next line begins, in bytes from the beginning of the object. */
  readonly end: number;
}

/** Four bytes for each character that a line of a report may have. */
export const lineBytesMax = 256 * 1024;

/** `start` is where the bytes begin in their object. A last line without line feed counts, too. */
export async function* reportLinesOf(bytes: AsyncIterable<Buffer>, start = 0): AsyncGenerator<readonly ReportLineText[], void, undefined> {
  const line = new GrowingLine();
  let at = start;
  for await (const chunk of bytes) {
    const lines: ReportLineText[] = [];
    let from = 0;
    for (let feed = chunk.indexOf(0x0a); feed >= 0; feed = chunk.indexOf(0x0a, from)) {
      line.add(chunk.subarray(from, feed));
      from = feed + 1;
      lines.push({ text: line.take(), end: at + from });
    }
    line.add(chunk.subarray(from));
    at += chunk.length;
    if (lines.length > 0) yield lines;
  }
  if (!line.empty) yield [{ text: line.take(), end: at }];
}

class GrowingLine {
  #parts: Buffer[] = [];
  #size = 0;

  get empty(): boolean {
    return this.#size === 0;
  }

  add(part: Buffer): void {
    this.#size += part.length;
    if (this.#size <= lineBytesMax) this.#parts.push(part);
    else this.#parts = [];
  }

  take(): string | undefined {
    const text = this.#size > lineBytesMax ? undefined : Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.#size = 0;
    return text;
  }
}
