/** A document with the places of its values: what JSON and YAML are read into. Offsets are UTF-16 units of the text, the end is exclusive. */
import { type Range } from '@tributary/findings';

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Node;
}

export interface ObjectNode extends Span {
  readonly kind: 'object';
  /** In the order of the text; a repeated key is there as often as it was written. */
  readonly members: readonly Member[];
}

export interface ArrayNode extends Span {
  readonly kind: 'array';
  readonly items: readonly Node[];
}

export type Node =
  | ObjectNode
  | ArrayNode
  | (Span & { readonly kind: 'text'; readonly value: string })
  /** As it was written: 20 digits stay 20 digits. */
  | (Span & { readonly kind: 'number'; readonly raw: string })
  | (Span & { readonly kind: 'boolean'; readonly value: boolean })
  | (Span & { readonly kind: 'null' });

/** Why a text is no document. */
export interface Broken {
  readonly kind: 'broken';
  readonly offset: number;
  readonly message: { readonly en: string; readonly zh: string };
}

export type ParsedDocument = { readonly kind: 'parsed'; readonly root: Node } | Broken;

/** Deeper or larger documents are refused: no export comes near, and an attack should not get further. */
export const DEPTH_MAX = 64;
export const NODES_MAX = 1_000_000;

export function broken(offset: number, en: string, zh: string): Broken {
  return { kind: 'broken', offset, message: { en, zh } };
}

/** Lines and columns of offsets, for one text. */
export function positionsIn(text: string): (start: number, end: number) => Range {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const place = (offset: number): { line: number; column: number } => {
    let [from, to] = [0, lineStarts.length - 1];
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) from = middle;
      else to = middle - 1;
    }
    return { line: from + 1, column: offset - (lineStarts[from] ?? 0) + 1 };
  };
  return (start, end) => {
    const [first, last] = [place(start), place(Math.max(start, end - 1))];
    return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column };
  };
}
