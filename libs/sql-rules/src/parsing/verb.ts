/** What a statement does: its verb, behind labels, block words and common table expressions. */
import { kinds } from '../lexing/tokens';
import { type Token } from './statement';

/** Words of procedures that stand before a statement of a body. */
const blockWords: ReadonlySet<string> = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP', 'REPEAT', 'DO', 'AS', 'IS']);
const cteVerbs: ReadonlySet<string> = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'VALUES', 'FROM', 'TABLE', 'REPLACE']);
/** Here SELECT is a privilege, an event or a topic, unless AS stands before it. */
const selectIsNoQuery: ReadonlySet<string> = new Set(['GRANT', 'REVOKE', 'DENY', 'ALTER', 'COMMENT', 'SHOW', 'HELP', 'SECURITY', 'LOCK', 'HANDLER']);
const noQueryObjects: ReadonlySet<string> = new Set(['POLICY', 'RULE', 'TRIGGER', 'STATISTICS', 'ROLE', 'USER']);

/** The verb is upper case; empty for client commands and for what begins with no word. */
export function headOf(tokens: readonly Token[]): { readonly head: number; readonly verb: string } {
  let head = 0;
  while (head < tokens.length) {
    const token = tokens[head];
    const next = tokens[head + 1]?.upper ?? '';
    if (token?.kind === kinds.template || token?.upper === '(') head += 1;
    else if (token && blockWords.has(token.upper)) head += 1;
    else if (token?.kind === kinds.word && next === ':' && tokens[head + 2]?.kind === kinds.word) head += 2;
    else if (token?.upper === 'IF' || token?.upper === 'ELSEIF' || token?.upper === 'WHILE') {
      const behind = behindCondition(tokens, head);
      if (behind === undefined) break;
      head = behind;
    } else break;
  }
  const token = tokens[head];
  if (token?.kind !== kinds.word) return { head, verb: token && token.kind !== kinds.command ? '?' : '' };
  return token.upper === 'WITH' ? behindTableExpressions(tokens, head) : { head, verb: token.upper };
}

export function startsNoQuery(tokens: readonly Token[], head: number): boolean {
  const verb = tokens[head]?.upper ?? '';
  if (verb !== 'CREATE') return selectIsNoQuery.has(verb);
  return [1, 2, 3].some((ahead) => noQueryObjects.has(tokens[head + ahead]?.upper ?? ''));
}

function behindCondition(tokens: readonly Token[], head: number): number | undefined {
  for (let at = head + 1; at < tokens.length; at++) {
    if (tokens[at]?.upper === 'THEN' || tokens[at]?.upper === 'DO') return at + 1;
  }
  return undefined;
}

function behindTableExpressions(tokens: readonly Token[], head: number): { readonly head: number; readonly verb: string } {
  let depth = 0;
  for (let at = head + 1; at < tokens.length; at++) {
    const upper = tokens[at]?.upper ?? '';
    if (upper === '(') depth += 1;
    else if (upper === ')') depth -= 1;
    else if (depth === 0 && cteVerbs.has(upper)) return { head: at, verb: upper };
  }
  return { head, verb: 'WITH' };
}
