/** Cuts a lexed file into statements. A body of BEGIN ... END falls apart into its statements, which is what rules want to see. */
import { kinds, type Kind, type Lexed } from '../lexing/tokens';
import { parseStatement } from './parse';
import { type Statement, type Token } from './statement';

/** Kinds that never reach a rule as a token of a statement. */
const silent: ReadonlySet<number> = new Set([kinds.space, kinds.comment, kinds.hint, kinds.directive, kinds.separator]);
const lookedUp: ReadonlySet<number> = new Set([kinds.word, kinds.punctuation, kinds.operator]);

export function* statementsOf(lexed: Lexed): Generator<Statement> {
  let tokens: Token[] = [];
  let directed = false;
  let ordinal = 0;
  for (let index = 0; index < lexed.count; index++) {
    const kind = (lexed.kinds[index] ?? 0) as Kind;
    directed ||= kind === kinds.directive;
    if (kind === kinds.separator || kind === kinds.command) {
      if (tokens.length > 0) yield parseStatement(lexed.text, tokens, ordinal++, directed);
      tokens = [];
      directed = false;
      if (kind === kinds.command) yield parseStatement(lexed.text, [tokenAt(lexed, index, kind)], ordinal++, false);
    } else if (!silent.has(kind)) tokens.push(tokenAt(lexed, index, kind));
  }
  if (tokens.length > 0) yield parseStatement(lexed.text, tokens, ordinal, directed);
}

function tokenAt({ text, starts }: Lexed, index: number, kind: Kind): Token {
  const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? text.length];
  return { kind, start, end, upper: lookedUp.has(kind) ? upperCase(text.slice(start, end), kind) : '' };
}

function upperCase(said: string, kind: Kind): string {
  return kind === kinds.word ? said.toUpperCase() : said;
}
