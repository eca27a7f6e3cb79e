/** A policy in a file: what it says, and where in the file each fault lies. */
import { checkPolicy } from '@tributary/convergence';
import { PolicyDocument } from '@tributary/facts';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Language } from '../language';

export interface PlacedFault {
  /** RFC 6901, from the document. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** In the file, from 1. */
  readonly line: number;
  readonly column: number;
}

export interface CheckedFile {
  /** Present where there are no errors. */
  readonly policy?: PolicyDocument;
  readonly errors: readonly PlacedFault[];
  readonly warnings: readonly PlacedFault[];
}

/** YAML, and so JSON. Every fault, not the first. */
export function checkPolicyText(text: string, language: Language): CheckedFile {
  const file = new PolicyFile(text);
  const broken = file.syntaxFaults();
  if (broken.length > 0) return { errors: broken, warnings: [] };
  const parsed = PolicyDocument.safeParse(file.value, language === 'zh' ? { error: z.locales.zhCN().localeError } : undefined);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap(({ code, message, path, ...issue }) => {
      const unknown = code === 'unrecognized_keys' ? (issue as { keys: readonly string[] }).keys : [undefined];
      return unknown.map((key) =>
        key === undefined ? file.placed(pointerOf(path), 'INVALID_VALUE', message) : file.placedAtKey(pointerOf([...path, key]), 'UNKNOWN_FIELD', message),
      );
    });
    return { errors: inOrder(errors), warnings: [] };
  }
  const { errors, warnings } = checkPolicy(parsed.data.rules);
  const placed = (faults: typeof errors): PlacedFault[] =>
    faults.map(({ pointer, code, message, line, column }) => file.placed(pointer, code, message[language], line, column));
  return { ...(errors.length === 0 && { policy: parsed.data }), errors: inOrder(placed(errors)), warnings: inOrder(placed(warnings)) };
}

function inOrder(faults: readonly PlacedFault[]): PlacedFault[] {
  return [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Knows where in its text a pointer points. */
export class PolicyFile {
  readonly #lines = new LineCounter();
  readonly #document: Document;

  constructor(private readonly text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  get value(): unknown {
    return this.#document.toJS() as unknown;
  }

  syntaxFaults(): PlacedFault[] {
    return this.#document.errors.map(({ code, message, pos: [offset] }) => ({ pointer: '', code, message, ...this.#at(offset) }));
  }

  /** Where the key stands that the pointer ends with, not its value. */
  placedAtKey(pointer: string, code: string, message: string): PlacedFault {
    const keys = keysOf(pointer);
    const around = this.#nearest(keys.slice(0, -1));
    const pair = isMap(around) ? around.items.find(({ key }) => isScalar(key) && String(key.value) === keys.at(-1)) : undefined;
    const begin = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    return begin === undefined ? this.placed(pointer, code, message) : { pointer, code, message, ...this.#at(begin) };
  }

  /** `line` and `column` count from the beginning of the value that the pointer points to: a place inside of an expression. */
  placed(pointer: string, code: string, message: string, line = 1, column = 1): PlacedFault {
    const node = this.#nearest(keysOf(pointer));
    const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const begin = this.#at(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    // Where a text begins in its file and where in its value differ by a quote, or by the head of a block.
    const at = isBlock
      ? { line: begin.line + line, column: column + this.#indentOf(begin.line + line, isScalar(node) ? String(node.value).split('\n')[line - 1] : undefined) }
      : { line: begin.line + line - 1, column: line === 1 ? begin.column + column - 1 + (isQuoted && column > 1 ? 1 : 0) : column };
    return { pointer, code, message, ...at };
  }

  /** A block stands deeper in its file than in its value. */
  #indentOf(line: number, valueLine: string | undefined): number {
    const fileLine = this.text.split('\n')[line - 1] ?? '';
    return valueLine !== undefined && fileLine.trimEnd().endsWith(valueLine.trimEnd()) ? fileLine.trimEnd().length - valueLine.trimEnd().length : 0;
  }

  /** What is missing is shown where it should be. */
  #nearest(keys: readonly string[]): unknown {
    for (let length = keys.length; length >= 0; length--) {
      const path = keys.slice(0, length).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const found = length === 0 ? this.#document.contents : this.#document.getIn(path, true);
      if (isNode(found)) return found;
    }
    return undefined;
  }

  #at(offset: number): { readonly line: number; readonly column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
