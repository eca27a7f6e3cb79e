/** Lines that a client program reads and the database never sees. They follow no SQL grammar, so they are one token. */
import { type SqlDialect } from '../dialect';
import { endOfLine } from './characters';

const resource = /^(?:add|list|delete)[ \t]{1,40}(?:jars?|files?|archives?)\b/i;
const shell = /^(?:dfs[ \t]{1,40}-|source[ \t]|delimiter[ \t])/i;
const setting = /^set[ \t]/i;
const wordMax = 64;
const settingDialects: ReadonlySet<SqlDialect> = new Set(['generic', 'hive', 'spark', 'impala', 'flink']);

/** The end of the client command that begins here, or undefined. The caller knows that a statement could begin here. */
export function clientCommandEnd(text: string, at: number, dialect: SqlDialect): number | undefined {
  const first = text.charAt(at);
  if (first === '!') return endOfLine(text, at);
  if (first === '\\') return metaCommandEnd(text, at);
  if (!/[a-z]/i.test(first)) return undefined;
  const head = text.slice(at, at + wordMax);
  if (shell.test(head)) return /^de/i.test(head) ? endOfLine(text, at) : lineOrStatementEnd(text, at);
  if (resource.test(head)) return lineOrStatementEnd(text, at);
  if (setting.test(head) && settingDialects.has(dialect)) return looseSettingEnd(text, at);
  return undefined;
}

/** What `DELIMITER //` sets, or undefined when the command is another. */
export function delimiterOf(command: string): string | undefined {
  return /^delimiter[ \t]{1,40}(\S{1,20})/i.exec(command)?.[1];
}

/** `\copy (SELECT` may go on below until its parenthesis is closed. */
function metaCommandEnd(text: string, at: number): number {
  const end = endOfLine(text, at);
  const line = text.slice(at, end);
  const open = line.startsWith('\\copy') && line.split('(').length > line.split(')').length;
  const semicolon = open ? text.indexOf(';', end) : -1;
  return semicolon < 0 ? end : semicolon;
}

/**
 * `set name=it's mine;`: the value of a client's setting is raw text. Only a line whose quotes do not pair up, and that ends
 * the statement, is kept from the lexer.
 */
function looseSettingEnd(text: string, at: number): number | undefined {
  const line = text.slice(at, endOfLine(text, at)).trimEnd();
  const pairs = (quote: string): boolean => (line.split(quote).length - 1) % 2 === 0;
  if (!line.endsWith(';') || (pairs("'") && pairs('"'))) return undefined;
  return at + line.length - 1;
}

function lineOrStatementEnd(text: string, at: number): number {
  const line = endOfLine(text, at);
  const semicolon = text.slice(at, line).indexOf(';');
  return semicolon < 0 ? line : at + semicolon;
}
