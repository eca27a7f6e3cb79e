/** Which sub-task types the rows of a policy speak about. */
import { type PolicyRow, SubTaskType } from '@tributary/facts';
import { type ASTNode } from '@marcbachmann/cel-js';
import { check } from './expression';
import { expressionNodes } from './expression-nodes';
import { sampleOf } from './linear-pattern';

const otherWords = ['PASS', 'WARN', 'QUALITY', 'TRANSIENT', 'UNRECOVERABLE', 'RUNNING', 'QUIET', 'DEADLINE', 'CANCELLED'];

/** Texts in quotes that could be a type and are no outcome, and a sample for each pattern. Sorted, each once. */
export function typesNamedBy(rows: readonly PolicyRow[]): string[] {
  const named = rows.flatMap(({ when }) => {
    const checked = check(when);
    return checked.kind === 'invalid' ? [] : expressionNodes(checked.ast).flatMap(textsIn);
  });
  return [...new Set(named)].filter((name) => SubTaskType.safeParse(name).success && !otherWords.includes(name)).sort();
}

function textsIn(node: ASTNode): string[] {
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : [];
  if (node.op !== 'rcall' || node.args[0] !== 'matches') return [];
  const [pattern] = node.args[2];
  return pattern?.op === 'value' && typeof pattern.args === 'string' ? [sampleOf(pattern.args) ?? ''] : [];
}
