/** Cuts any text into tokens of a SQL dialect: linear, never throws, and the tokens joined are the text again. */
import { traitsOf, type DialectTraits, type SqlDialect } from '../dialect';
import { continuesWord, endOfLine, isDigit, isFullwidth, isSpace, startsWord } from './characters';
import { clientCommandEnd, delimiterOf } from './commands';
import { directiveEnd, numberEnd, placeholderEnd, quotedEnd, Searcher } from './scan';
import { kinds, TokenBuffer, type Kind, type Lexed, type UnterminatedWhat } from './tokens';

/**
 * Whether a backslash escapes a quote is not certain in every dialect and setting: when one reading leaves a text open at the
 * end of the file and the other does not, the other is right.
 */
export function lex(text: string, dialect: SqlDialect = 'generic'): Lexed {
  const traits = traitsOf(dialect);
  const lexed = new Lexer(text, dialect, traits).run();
  if (!lexed.unterminated || lexed.unterminated.what === 'comment' || !text.includes('\\')) return lexed;
  const other = new Lexer(text, dialect, { ...traits, backslashEscapes: !traits.backslashEscapes }).run();
  return other.unterminated ? lexed : other;
}

const longOperators: ReadonlySet<string> = new Set([
  '<=>',
  '->>',
  '<=',
  '>=',
  '<>',
  '!=',
  '||',
  '&&',
  '::',
  '->',
  '=>',
  ':=',
  '==',
  '|>',
  '^=',
  '~=',
  '!~',
  '<<',
  '>>',
  '**',
]);
const operatorUnits = new Set(Array.from('+-*/%=<>!|&^~:?@#\\$', (sign) => sign.charCodeAt(0)));
const punctuationUnits = new Set(Array.from(',().[]{}', (sign) => sign.charCodeAt(0)));

class Lexer {
  readonly #tokens = new TokenBuffer();
  readonly #searcher: Searcher;
  #at = 0;
  /** Nothing but space and comments since the last statement ended: client commands may stand here. */
  #fresh = true;
  #delimiter = ';';
  /** `COPY ... FROM STDIN;` is followed by data, not by SQL. */
  #copying = false;
  #unterminated: Lexed['unterminated'];

  constructor(
    private readonly text: string,
    private readonly dialect: SqlDialect,
    private readonly traits: DialectTraits,
  ) {
    this.#searcher = new Searcher(text, traits.nestedComments);
  }

  run(): Lexed {
    while (this.#at < this.text.length) {
      const start = this.#at;
      this.#next(this.text.charCodeAt(start));
      // Whatever happens, it goes on: one unit at least.
      if (this.#at <= start) this.#emit(kinds.unknown, start + 1);
    }
    return this.#tokens.finish(this.text, this.#unterminated);
  }

  #emit(kind: Kind, end: number): void {
    this.#tokens.push(kind, this.#at);
    this.#at = end;
    if (kind === kinds.separator || kind === kinds.command) this.#fresh = true;
    else if (kind > kinds.comment && kind !== kinds.directive) this.#fresh = false;
  }

  #next(unit: number): void {
    if (isSpace(unit)) this.#space();
    else if (this.#comment(unit) || this.#placeholder(unit) || (this.#fresh && this.#command()) || this.#separator(unit)) return;
    else if (unit === 0x27 || unit === 0x22 || unit === 0x60) this.#quoted(unit, this.traits.backslashEscapes);
    else if (isDigit(unit) || (unit === 0x2e && isDigit(this.text.charCodeAt(this.#at + 1)) && !this.#behindName())) this.#number();
    else if (startsWord(unit) || (unit === 0x40 && startsWord(this.text.charCodeAt(this.#at + 1)))) this.#word();
    else if (isFullwidth(unit)) this.#fullwidth();
    else if (punctuationUnits.has(unit)) this.#emit(kinds.punctuation, this.#at + 1);
    else if (unit === 0x24) this.#dollar();
    else if (operatorUnits.has(unit)) this.#operator();
    else this.#emit(kinds.unknown, this.#at + 1);
  }

  #space(): void {
    let at = this.#at + 1;
    while (at < this.text.length && isSpace(this.text.charCodeAt(at))) at += 1;
    this.#emit(kinds.space, at);
  }

  #comment(unit: number): boolean {
    const next = this.text.charCodeAt(this.#at + 1);
    if (unit === 0x2d && next === 0x2d) this.#emit(kinds.comment, endOfLine(this.text, this.#at));
    else if (unit === 0x23 && this.#hashComment(next)) this.#emit(kinds.comment, endOfLine(this.text, this.#at));
    else if (unit === 0x2f && next === 0x2a) {
      const { end, closed } = this.#searcher.commentEnd(this.#at);
      if (!closed) this.#open('comment');
      this.#emit(this.text.charCodeAt(this.#at + 2) === 0x2b ? kinds.hint : kinds.comment, end);
    } else return false;
    return true;
  }

  /** Where the dialect is not known, `#` in an operator of PostgreSQL (`#>>`, `<<#>>`) is none. */
  #hashComment(next: number): boolean {
    if (next === 0x7b) return false;
    if (this.dialect === 'clickhouse') return next === 0x20 || next === 0x21;
    const apart = this.#at === 0 || isSpace(this.text.charCodeAt(this.#at - 1));
    return this.traits.hashComments && (this.dialect !== 'generic' || (apart && next !== 0x3e && next !== 0x2d));
  }

  #placeholder(unit: number): boolean {
    if (unit !== 0x7b && unit !== 0x24 && unit !== 0x23) return false;
    if (this.text.charCodeAt(this.#at + 1) !== 0x5b && !this.#searcher.braceFollows(this.#at)) return false;
    const directive = directiveEnd(this.text, this.#at);
    if (directive !== undefined) this.#emit(kinds.directive, directive);
    const template = directive === undefined ? placeholderEnd(this.text, this.#at) : undefined;
    if (template !== undefined) this.#emit(kinds.template, template);
    return directive !== undefined || template !== undefined;
  }

  #command(): boolean {
    const end = clientCommandEnd(this.text, this.#at, this.dialect);
    if (end === undefined) return false;
    this.#delimiter = delimiterOf(this.text.slice(this.#at, Math.min(end, this.#at + 64))) ?? this.#delimiter;
    this.#emit(kinds.command, end);
    return true;
  }

  #separator(unit: number): boolean {
    const delimited = this.#delimiter !== ';' && this.text.startsWith(this.#delimiter, this.#at);
    if (!delimited && unit !== 0x3b && !this.#backslashG(unit) && !this.#slashLine(unit)) return false;
    this.#emit(kinds.separator, this.#at + (delimited ? this.#delimiter.length : unit === 0x5c ? 2 : 1));
    if (this.#copying) this.#copiedData();
    this.#copying = false;
    return true;
  }

  /** `\G` and `\g` of the MySQL and PostgreSQL clients. */
  #backslashG(unit: number): boolean {
    return unit === 0x5c && /[gG]/.test(this.text.charAt(this.#at + 1)) && !continuesWord(this.text.charCodeAt(this.#at + 2));
  }

  /** `/` alone on a line where a statement could begin runs the block before it (Oracle). */
  #slashLine(unit: number): boolean {
    if (unit !== 0x2f || !this.#fresh) return false;
    return this.text.slice(this.#at + 1, endOfLine(this.text, this.#at)).trim() === '' && this.text.slice(Math.max(0, this.#at - 1), this.#at).trim() === '';
  }

  /** The lines of data behind `COPY ... FROM STDIN;`, up to `\.` */
  #copiedData(): void {
    const found = this.text.indexOf('\n\\.', this.#at);
    if (found >= 0) this.#emit(kinds.command, endOfLine(this.text, found + 1));
  }

  #quoted(unit: number, backslashEscapes: boolean): void {
    const name = unit === 0x60 || (unit === 0x22 && this.traits.doubleQuotedNames);
    const { end, closed } = quotedEnd(this.text, this.#at, backslashEscapes && !name);
    if (!closed) this.#open(name ? 'name' : 'string');
    this.#emit(name ? kinds.quoted : kinds.string, end);
  }

  #number(): void {
    const { end, wordlike } = numberEnd(this.text, this.#at);
    this.#emit(wordlike ? kinds.word : kinds.number, end);
  }

  #behindName(): boolean {
    return this.#at > 0 && (continuesWord(this.text.charCodeAt(this.#at - 1)) || '`"]})'.includes(this.text.charAt(this.#at - 1)));
  }

  #word(): void {
    let at = this.#at + 1;
    while (at < this.text.length && (continuesWord(this.text.charCodeAt(at)) || this.#dollarInWord(at))) {
      at += 1;
      if (this.#delimiter !== ';' && this.text.startsWith(this.#delimiter, at)) break;
    }
    const prefix = at - this.#at === 1 ? this.text.charAt(this.#at) : '';
    const quote = this.text.charCodeAt(at);
    if (this.#fresh && /^copy$/i.test(this.text.slice(this.#at, this.#at + 5).trim())) this.#copying = this.#copiesFromStdin();
    this.#emit(kinds.word, at);
    // E'it\'s' always has escapes, r'\d' never.
    if (prefix !== '' && 'eErR'.includes(prefix) && (quote === 0x27 || (quote === 0x22 && !this.traits.doubleQuotedNames)))
      this.#quoted(quote, 'eE'.includes(prefix));
  }

  #dollarInWord(at: number): boolean {
    const next = this.text.charCodeAt(at + 1);
    return this.text.charCodeAt(at) === 0x24 && next !== 0x7b && next !== 0x24 && next !== 0x5b;
  }

  #copiesFromStdin(): boolean {
    return /\bfrom\s{1,8}stdin\b[^;]{0,200};/i.test(this.text.slice(this.#at, this.#at + 2_000));
  }

  #fullwidth(): void {
    let at = this.#at + 1;
    while (at < this.text.length && isFullwidth(this.text.charCodeAt(at))) at += 1;
    this.#emit(kinds.fullwidth, at);
  }

  #dollar(): void {
    const end = this.traits.dollarQuotes ? this.#searcher.dollarQuoteEnd(this.#at) : undefined;
    if (end !== undefined) this.#emit(kinds.string, end);
    else this.#operator();
  }

  #operator(): void {
    for (const length of [3, 2]) {
      if (!longOperators.has(this.text.slice(this.#at, this.#at + length))) continue;
      this.#emit(kinds.operator, this.#at + length);
      return;
    }
    this.#emit(kinds.operator, this.#at + 1);
  }

  #open(what: UnterminatedWhat): void {
    this.#unterminated ??= { start: this.#at, what };
  }
}
