/** Where a text, a comment, a placeholder or a number that begins at an offset ends. Each looks at every unit at most once. */
import { continuesWord, isDigit, isLetter } from './characters';

/** Also the factor by which a file of nothing but openings costs more than others. */
const templateLengthMax = 500;
const tagLengthMax = 64;
/** Searches for a closing tag that may fail in one file, so that a hostile one costs no more than a few passes. */
const failedSearchesMax = 16;

export interface Closed {
  readonly end: number;
  readonly closed: boolean;
}

/** Behind the closing quote; a doubled quote is part of the text. */
export function quotedEnd(text: string, start: number, backslashEscapes: boolean): Closed {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c && backslashEscapes) at += 1;
    else if (unit === quote) {
      if (text.charCodeAt(at + 1) !== quote) return { end: at + 1, closed: true };
      at += 1;
    }
  }
  return { end: text.length, closed: false };
}

/**
 * Block comments and dollar quotes need a search ahead. It remembers what it failed to find: nesting that once led nowhere is
 * not tried again, and neither are closing tags after a few failures; that keeps the whole file linear.
 */
export class Searcher {
  readonly #text: string;
  #nested: boolean;
  #failures = 0;
  /** The first `}` at or behind where it was last looked for. */
  #brace = -1;

  constructor(text: string, nestedComments: boolean) {
    this.#text = text;
    this.#nested = nestedComments;
  }

  /** Whether a placeholder that opens here could close: without that, `${${${` would be searched ahead at each opening. */
  braceFollows(start: number): boolean {
    if (this.#brace < start) {
      const found = this.#text.indexOf('}', start);
      this.#brace = found < 0 ? Infinity : found;
    }
    return this.#brace - start < templateLengthMax;
  }

  commentEnd(start: number): Closed {
    if (this.#nested) {
      const end = nestedCommentEnd(this.#text, start);
      if (end !== undefined) return { end, closed: true };
      this.#nested = false;
    }
    const found = this.#text.indexOf('*/', start + 2);
    return found < 0 ? { end: this.#text.length, closed: false } : { end: found + 2, closed: true };
  }

  /** The end of `$tag$ ... $tag$`, or undefined when it is none. */
  dollarQuoteEnd(start: number): number | undefined {
    const tagEnd = dollarTagEnd(this.#text, start);
    if (tagEnd === undefined || this.#failures > failedSearchesMax) return undefined;
    const tag = this.#text.slice(start, tagEnd);
    const found = this.#text.indexOf(tag, tagEnd);
    if (found < 0) this.#failures += 1;
    return found < 0 ? undefined : found + tag.length;
  }
}

function nestedCommentEnd(text: string, start: number): number | undefined {
  let depth = 1;
  for (let at = start + 2; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x2a && text.charCodeAt(at + 1) === 0x2f) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    } else if (unit === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
      depth += 1;
      at += 1;
    }
  }
  return undefined;
}

function dollarTagEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length && at - start < tagLengthMax; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x24) return at + 1;
    if (!continuesWord(unit) || (at === start + 1 && isDigit(unit))) return undefined;
  }
  return undefined;
}

/** `${...}`, `#{...}`, `$[...]`, `{{...}}`: behind its close, braces inside counted; undefined when it does not close soon. */
export function placeholderEnd(text: string, start: number): number | undefined {
  const [first, second] = [text.charCodeAt(start), text.charCodeAt(start + 1)];
  if (first === 0x7b && second === 0x7b) return closing(text, start, 0x7b, 0x7d);
  if ((first === 0x24 || first === 0x23) && second === 0x7b) return closing(text, start + 1, 0x7b, 0x7d);
  if (first === 0x24 && second === 0x5b) return closing(text, start + 1, 0x5b, 0x5d);
  return undefined;
}

function closing(text: string, start: number, open: number, close: number): number | undefined {
  let depth = 0;
  const last = Math.min(text.length, start + templateLengthMax);
  for (let at = start; at < last; at++) {
    const unit = text.charCodeAt(at);
    if (unit === open) depth += 1;
    else if (unit === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (unit === 0x3b && open === 0x5b) return undefined;
  }
  return undefined;
}

/** `{% ... %}` and `{# ... #}`. */
export function directiveEnd(text: string, start: number): number | undefined {
  const mark = text.charAt(start + 1);
  if (text.charAt(start) !== '{' || (mark !== '%' && mark !== '#')) return undefined;
  const found = text.slice(start + 2, start + templateLengthMax).indexOf(`${mark}}`);
  return found < 0 ? undefined : start + 2 + found + 2;
}

/** Digits, a fraction, an exponent, a suffix; `wordlike` when it is a name that begins with digits, as Hive permits. */
export function numberEnd(text: string, start: number): { readonly end: number; readonly wordlike: boolean } {
  let at = start;
  if (text.charAt(at) === '0' && /[xXbB]/.test(text.charAt(at + 1))) {
    at += 2;
    while (isDigit(text.charCodeAt(at)) || /[a-fA-F_]/.test(text.charAt(at))) at += 1;
    return { end: at, wordlike: false };
  }
  at = digitsEnd(text, at);
  if (text.charAt(at) === '.' && text.charAt(at + 1) !== '.') at = digitsEnd(text, at + 1);
  if (/[eE]/.test(text.charAt(at))) {
    const exponent = /[+-]/.test(text.charAt(at + 1)) ? at + 2 : at + 1;
    if (isDigit(text.charCodeAt(exponent))) at = digitsEnd(text, exponent);
  }
  const suffix = at;
  while (at < text.length && continuesWord(text.charCodeAt(at))) at += 1;
  const wordlike = at - suffix > 2 || (at > suffix && !isLetter(text.charCodeAt(suffix)));
  return { end: at, wordlike };
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at)) || (text.charAt(at) === '_' && isDigit(text.charCodeAt(at + 1)))) at += 1;
  return at;
}
