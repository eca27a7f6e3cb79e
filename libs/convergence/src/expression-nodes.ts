/** A walk over a parsed expression. */
import { type ASTNode } from '@marcbachmann/cel-js';

export function childrenOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'value' || node.op === 'id') return [];
  if (node.op === '.' || node.op === '.?') return [node.args[0]];
  if (node.op === 'call') return node.args[1];
  if (node.op === 'rcall') return [node.args[1], ...node.args[2]];
  if (node.op === 'map') return node.args.flat();
  if (node.op === '!_' || node.op === '-_') return [node.args];
  return node.args;
}

/** The node and everything below it. The parser bounds depth and number. */
export function expressionNodes(node: ASTNode): ASTNode[] {
  return [node, ...childrenOf(node).flatMap(expressionNodes)];
}
