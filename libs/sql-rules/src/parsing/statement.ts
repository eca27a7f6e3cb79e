/** A statement as the rules see it: its tokens without space and comments, its parentheses paired, its query blocks. */
import { type Kind } from '../lexing/tokens';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Span {
  readonly kind: Kind;
  /** The text, words in upper case; empty for texts, numbers and placeholders, which nobody looks up by value. */
  readonly upper: string;
}

export const clauseNames = ['none', 'SELECT', 'FROM', 'ON', 'WHERE', 'GROUP BY', 'HAVING', 'ORDER BY', 'LIMIT', 'SET', 'VALUES', 'other'] as const;
export type ClauseName = (typeof clauseNames)[number];

/** A clause of a query block. Numbers are indexes of tokens; the body is `[from, to)`. */
export interface Clause {
  readonly name: ClauseName;
  readonly keyword: number;
  readonly from: number;
  to: number;
}

export interface Join {
  /** The index of `JOIN`. */
  readonly at: number;
  /** The words before it: `LEFT`, `CROSS`, ... */
  readonly modifiers: readonly string[];
  readonly block: QueryBlock;
}

/** One SELECT with its clauses; the branches of a UNION are blocks of their own. */
export interface QueryBlock {
  readonly statement: Statement;
  readonly select: number;
  /** The index of the parenthesis around it; -1 at the statement's own level. */
  readonly open: number;
  /** Behind its last token. */
  end: number;
  readonly clauses: Clause[];
  readonly joins: Join[];
  /** How many ON and USING there are. */
  conditions: number;
  /** A set operation stands before it. */
  readonly branch: boolean;
}

/** Offsets are into the file's text. */
export interface Statement extends Span {
  /** The number of the statement in the file, from 0. */
  readonly ordinal: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  /** By token: the index of the other parenthesis, or -1. */
  readonly pairs: Int32Array;
  /** Parentheses without a partner. */
  readonly unpaired: readonly number[];
  /** By token: an index into `clauseNames`, inherited into parentheses. */
  readonly clauseCodes: Uint8Array;
  /** The word that says what it does, behind labels, BEGIN and common table expressions; empty when it is a client command. */
  readonly verb: string;
  readonly head: number;
  readonly blocks: readonly QueryBlock[];
  /** Clauses at the statement's own level that belong to no query block: WHERE of a DELETE, SET of an UPDATE. */
  readonly clauses: readonly Clause[];
  /** A template's control flow runs through it: what is missing may be filled in. */
  readonly directed: boolean;
}

export function clauseOf(block: { readonly clauses: readonly Clause[] }, name: ClauseName): Clause | undefined {
  return block.clauses.find((clause) => clause.name === name);
}

/** The indexes of the tokens in `[from, to)` that stand in no parentheses of their own. */
export function* topLevel({ tokens, pairs }: Statement, from: number, to: number): Generator<number> {
  for (let at = from; at < to; at++) {
    yield at;
    const partner = pairs[at] ?? -1;
    if (tokens[at]?.upper === '(' && partner > at) at = Math.min(partner, to) - 1;
  }
}

/** The parts of `[from, to)` between commas, each a pair of indexes. */
export function splitByComma(statement: Statement, from: number, to: number): (readonly [from: number, to: number])[] {
  const parts: (readonly [number, number])[] = [];
  let start = from;
  for (const at of topLevel(statement, from, to)) {
    if (statement.tokens[at]?.upper !== ',') continue;
    parts.push([start, at]);
    start = at + 1;
  }
  parts.push([start, to]);
  return parts;
}

export function upperAt({ tokens }: Statement, at: number): string {
  return tokens[at]?.upper ?? '';
}

export function textOf(statement: Statement, from: number, to: number): string {
  const [first, last] = [statement.tokens[from], statement.tokens[to - 1]];
  return first && last && to > from ? statement.text.slice(first.start, last.end) : '';
}

/** The offsets of the tokens `[from, to)`. */
export function spanOf({ tokens, start }: Statement, from: number, to: number): Span {
  const [first, last] = [tokens[from], tokens[Math.max(from, to - 1)]];
  return first && last ? { start: first.start, end: last.end } : { start, end: start };
}

/** Behind a name such as `a.b.c`, `` `a`.b ``, `${db}.t` that begins at `from`; `from` when none begins there. */
export function nameEnd({ tokens }: Statement, from: number): number {
  let at = from;
  for (;;) {
    const token = tokens[at];
    if (!token || !(nameKinds.has(token.kind) || (at > from && token.upper === '*'))) return at;
    at += 1;
    // Glued parts: `dwd_${env}_orders`.
    while (tokens[at] && nameKinds.has(tokens[at]?.kind ?? 0) && tokens[at]?.start === tokens[at - 1]?.end) at += 1;
    if (tokens[at]?.upper !== '.') return at;
    at += 1;
  }
}

/** Words, quoted names, strings (a dialect may quote names so), placeholders, numbers inside names. */
const nameKinds: ReadonlySet<number> = new Set([3, 4, 5, 7]);
