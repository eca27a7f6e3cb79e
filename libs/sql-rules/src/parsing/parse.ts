/**
 * One pass over a statement's tokens: pairs parentheses and finds query blocks with their clauses and joins. Tolerant: whatever
 * it does not know it walks over. A stack of frames replaces recursion, so depth costs memory, never the stack.
 */
import { kinds } from '../lexing/tokens';
import { clauseNames, type Clause, type ClauseName, type QueryBlock, type Statement, type Token } from './statement';
import { headOf, startsNoQuery } from './verb';

interface Frame {
  readonly open: number;
  /** Its words may be clause keywords: the statement's own level, or parentheses around a query. */
  readonly query: boolean;
  clause: ClauseName;
  block: QueryBlock | undefined;
  openClause: Clause | undefined;
}

const setOperations: ReadonlySet<string> = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS']);
const byWords: ReadonlySet<string> = new Set(['GROUP', 'ORDER', 'SORT', 'CLUSTER', 'DISTRIBUTE']);
const hinted: ReadonlySet<string> = new Set(['JOIN', 'ORDER', 'GROUP']);
const joinModifiers: ReadonlySet<string> = new Set([
  'INNER', 'LEFT', 'RIGHT', 'FULL', 'OUTER', 'CROSS', 'NATURAL', 'SEMI', 'ANTI', 'GLOBAL', 'ANY', 'ALL', 'ASOF', 'ARRAY', 'PASTE', 'LATERAL', 'TEMPORAL',
]); // prettier-ignore
/** Words behind which a following block begins anew, or that leave clauses that rules do not look into. */
const otherClauses: ReadonlySet<string> = new Set(['WINDOW', 'QUALIFY', 'OFFSET', 'FETCH', 'FORMAT', 'SETTINGS', 'RETURNING', 'WHEN']);
const beforeOperand: ReadonlySet<string> = new Set([',', 'AND', 'OR', 'NOT', 'BETWEEN', 'LIKE', 'IS', 'DISTINCT', 'CASE', 'THEN', 'ELSE']);

export function parseStatement(text: string, tokens: readonly Token[], ordinal: number, directed: boolean): Statement {
  return new Parser(text, tokens, ordinal, directed).run();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #statement: Statement & { blocks: QueryBlock[]; clauses: Clause[]; unpaired: number[] };
  readonly #frames: Frame[];
  readonly #queries: boolean;

  constructor(text: string, tokens: readonly Token[], ordinal: number, directed: boolean) {
    this.#tokens = tokens;
    const { head, verb } = headOf(tokens);
    const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
    const [pairs, clauseCodes] = [new Int32Array(tokens.length).fill(-1), new Uint8Array(tokens.length)];
    this.#statement = { ordinal, text, tokens, start, end, pairs, clauseCodes, verb, head, directed, blocks: [], clauses: [], unpaired: [] };
    this.#queries = !startsNoQuery(tokens, head);
    this.#frames = [{ open: -1, query: verb !== '', clause: 'none', block: undefined, openClause: undefined }];
  }

  run(): Statement {
    for (let at = 0; at < this.#tokens.length; at++) {
      const { kind, upper } = this.#tokens[at] ?? { kind: kinds.unknown, upper: '' };
      const frame = this.#frame();
      if (upper === '(') this.#enter(at, frame);
      else if (upper === ')') this.#leave(at);
      else if (kind === kinds.word && frame.query && !this.#isName(at)) this.#word(at, upper, frame);
      this.#statement.clauseCodes[at] = codes.get(this.#frame().clause) ?? 0;
    }
    while (this.#frames.length > 1) this.#close(this.#tokens.length, true);
    this.#end(this.#frame(), this.#tokens.length);
    return this.#statement;
  }

  #frame(): Frame {
    return this.#frames[this.#frames.length - 1] ?? { open: -1, query: false, clause: 'none', block: undefined, openClause: undefined };
  }

  #enter(at: number, { clause }: Frame): void {
    const first = this.#upper(at + 1);
    this.#frames.push({ open: at, query: first === 'SELECT' || first === 'WITH', clause, block: undefined, openClause: undefined });
  }

  #leave(at: number): void {
    if (this.#frames.length === 1) {
      this.#statement.unpaired.push(at);
      return;
    }
    const { open } = this.#frame();
    this.#statement.pairs[open] = at;
    this.#statement.pairs[at] = open;
    this.#close(at, false);
  }

  #close(at: number, unpaired: boolean): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    if (unpaired) this.#statement.unpaired.push(frame.open);
    this.#end(frame, at);
  }

  /** Ends the frame's query block, whatever clause is open with it. */
  #end(frame: Frame, at: number): void {
    if (frame.openClause) frame.openClause.to = at;
    if (frame.block) frame.block.end = at;
    frame.openClause = undefined;
    frame.block = undefined;
  }

  /** Beside a dot a keyword is a part of a name; `INDEX FOR JOIN` is a hint of MySQL. */
  #isName(at: number): boolean {
    const before = this.#upper(at - 1);
    return before === '.' || (before === 'FOR' && hinted.has(this.#upper(at))) || this.#upper(at + 1) === '.';
  }

  #word(at: number, upper: string, frame: Frame): void {
    if (upper === 'SELECT') this.#select(at, frame);
    else if (setOperations.has(upper) && frame.block) this.#setOperation(at, frame);
    else if (upper === 'INSERT' && frame.block) this.#end(frame, at);
    else if (upper === 'JOIN' && frame.block) this.#join(at, frame, frame.block);
    else if ((upper === 'ON' || upper === 'USING') && this.#joining(frame)) this.#condition(at, upper, frame);
    else if (upper === 'FROM' && this.#upper(at - 1) !== 'DISTINCT') this.#from(at, frame);
    else if (upper === 'WHERE' || upper === 'PREWHERE') this.#clause(at, at + 1, 'WHERE', frame);
    else if (upper === 'HAVING') this.#clause(at, at + 1, 'HAVING', frame);
    else if (byWords.has(upper) && frame.block) this.#by(at, upper, frame);
    else if (upper === 'LIMIT' && !this.#isOperand(at, frame)) this.#clause(at, at + 1, 'LIMIT', frame);
    else if (upper === 'SET' && !frame.block) this.#clause(at, at + 1, 'SET', frame);
    else if (upper === 'VALUES' && !frame.block) this.#clause(at, at + 1, 'VALUES', frame);
    else if (otherClauses.has(upper) && frame.clause !== 'none' && frame.clause !== 'SELECT' && !this.#inCase(frame, upper) && !this.#isOperand(at, frame)) {
      this.#clause(at, at + 1, 'other', frame);
    }
  }

  /** Words that are reserved in few dialects only name a column where an operand is due, or a function before a parenthesis. */
  #isOperand(at: number, { openClause }: Frame): boolean {
    const before = this.#tokens[at - 1];
    const due = before?.kind === kinds.operator || beforeOperand.has(before?.upper ?? '');
    return due || openClause?.from === at || this.#upper(at + 1) === '(';
  }

  /** `WHEN` ends a clause of MERGE, but belongs to a CASE inside the clauses of a query. */
  #inCase(frame: Frame, upper: string): boolean {
    return upper === 'WHEN' && (frame.block !== undefined || this.#statement.verb !== 'MERGE');
  }

  #select(at: number, frame: Frame): void {
    if (frame.open < 0 && !this.#queries && this.#upper(at - 1) !== 'AS') return;
    const branch = frame.clause === 'none' ? false : setOperations.has(this.#branchWord(at));
    this.#end(frame, at);
    const block: QueryBlock = { statement: this.#statement, select: at, open: frame.open, end: at, clauses: [], joins: [], conditions: 0, branch };
    this.#statement.blocks.push(block);
    frame.block = block;
    this.#clause(at, at + 1, 'SELECT', frame);
  }

  #branchWord(at: number): string {
    const before = this.#upper(at - 1);
    return before === 'ALL' || before === 'DISTINCT' ? this.#upper(at - 2) : before;
  }

  #setOperation(at: number, frame: Frame): void {
    // `SELECT * EXCEPT (a)`, `* EXCEPT a`
    if (frame.clause === 'SELECT' && (this.#upper(at - 1) === '*' || this.#upper(at + 1) === '(')) return;
    this.#end(frame, at);
    frame.clause = 'other';
  }

  #join(at: number, frame: Frame, block: QueryBlock): void {
    const modifiers: string[] = [];
    for (let before = at - 1; joinModifiers.has(this.#upper(before)); before--) modifiers.unshift(this.#upper(before));
    if (frame.clause !== 'FROM' && frame.clause !== 'ON') return;
    block.joins.push({ at, modifiers, block });
    // A clause ends before the words of the next join.
    if (frame.openClause) frame.openClause.to = at - modifiers.length;
    frame.openClause = undefined;
    frame.clause = 'FROM';
  }

  #joining({ block, clause }: Frame): boolean {
    return block !== undefined && (clause === 'FROM' || clause === 'ON') && block.joins.length > block.conditions;
  }

  #condition(at: number, upper: string, frame: Frame): void {
    if (frame.block) frame.block.conditions += 1;
    if (upper === 'ON') this.#clause(at, at + 1, 'ON', frame);
  }

  #from(at: number, frame: Frame): void {
    if (frame.block && frame.clause !== 'SELECT') {
      // A second FROM of one block is a fault; the clause that it ends shows it.
      if (frame.openClause && frame.openClause.from === at) this.#clause(at, at + 1, 'FROM', frame);
      return;
    }
    this.#clause(at, at + 1, 'FROM', frame);
  }

  #by(at: number, upper: string, frame: Frame): void {
    const name = upper === 'GROUP' ? 'GROUP BY' : 'ORDER BY';
    const next = this.#upper(at + 1);
    if (next === 'BY') this.#clause(at, at + 2, name, frame);
    else if (upper === 'ORDER' && next === 'SIBLINGS') this.#clause(at, at + 3, name, frame);
    else if (frame.clause !== 'SELECT' && (upper === 'GROUP' || upper === 'ORDER') && this.#endsClause(at + 1)) this.#clause(at, at + 1, name, frame);
  }

  /** A clause cannot begin here: another keyword, a closing parenthesis or the end follows. */
  #endsClause(at: number): boolean {
    const next = this.#tokens[at];
    return !next || next.upper === ')' || ['GROUP', 'ORDER', 'HAVING', 'WHERE', 'FROM', 'LIMIT'].includes(next.upper);
  }

  #clause(keyword: number, from: number, name: ClauseName, frame: Frame): void {
    if (frame.openClause) frame.openClause.to = keyword;
    const clause: Clause = { name, keyword, from, to: from };
    if (frame.block) frame.block.clauses.push(clause);
    else if (frame.open < 0) this.#statement.clauses.push(clause);
    frame.openClause = clause;
    frame.clause = name;
  }

  #upper(at: number): string {
    return this.#tokens[at]?.upper ?? '';
  }
}

const codes = new Map<ClauseName, number>(clauseNames.map((name, code) => [name, code]));
