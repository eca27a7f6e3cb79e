/** What an expression may cost, known before it ever runs: rows come from uploaders. */
import { type ASTNode } from '@marcbachmann/cel-js';
import { limits } from '@tributary/facts';
import { type ExpressionFault } from './expression-fault';
import { childrenOf, expressionNodes } from './expression-nodes';
import { linearPattern } from './linear-pattern';
import { rowVariables } from './row-scope';

/** One unit is about one visited node, 20-250 ns; the tests measure the dearest expressions that are accepted over 256 types: under 10 ms on one core. */
export const costMax = 25_000;
/** All rows of a policy together. */
export const policyCostMax = 200_000;
export const comprehensionDepthMax = 2;

/** Characters of a sub-task type. */
const typeLengthMax = 64;

const comprehensions = ['all', 'exists', 'exists_one', 'filter', 'map'];
/** Total and independent of locale, zone and platform. */
const functions = ['size', 'has', 'int', 'string', 'startsWith', 'endsWith', 'contains', 'matches', ...comprehensions];

export function boundsFault(ast: ASTNode): ExpressionFault | undefined {
  for (const node of expressionNodes(ast)) {
    const fault = nodeFault(node);
    if (fault) return { ...fault, offset: node.start };
  }
  if (comprehensionDepth(ast) > comprehensionDepthMax)
    return { code: 'COMPREHENSION_TOO_DEEP', summary: `comprehensions nest at most ${comprehensionDepthMax} deep`, offset: 0 };
  const cost = costOf(ast);
  return cost > costMax
    ? { code: 'EXPRESSION_TOO_COSTLY', summary: `may visit ${Math.ceil(cost)} nodes over ${limits.typesMax} types; at most ${costMax}`, offset: 0 }
    : undefined;
}

/** Nodes that a run visits at most, over as many types as there may be. */
export function costOf(ast: ASTNode): number {
  return estimate(ast, new Map()).cost;
}

function nodeFault(node: ASTNode): ExpressionFault | undefined {
  if (node.op !== 'call' && node.op !== 'rcall') return undefined;
  const [name] = node.args;
  if (!functions.includes(name)) return { code: 'FUNCTION_NOT_ALLOWED', summary: `${name}() is not available; there are ${functions.join(', ')}` };
  if (name !== 'matches') return undefined;
  const pattern = node.op === 'rcall' ? node.args[2][0] : undefined;
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return { code: 'PATTERN_NOT_CONSTANT', summary: 'matches() takes a pattern in quotes' };
  return linearPattern(pattern.args)
    ? undefined
    : {
        code: 'PATTERN_NOT_LINEAR',
        summary: 'the pattern may have characters, classes, anchors and one repetition of a single character or class; no groups, look-around or references',
      };
}

function comprehensionDepth(node: ASTNode): number {
  if (node.op === 'rcall' && comprehensions.includes(node.args[0])) {
    return Math.max(comprehensionDepth(node.args[1]), 1 + Math.max(0, ...node.args[2].map(comprehensionDepth)));
  }
  return Math.max(0, ...childrenOf(node).map(comprehensionDepth));
}

/** Most items of a list or map, most characters of a text (of an element, for lists). */
interface Estimate {
  readonly cost: number;
  readonly size: number;
}

type Sizes = ReadonlyMap<string, number>;

function estimate(node: ASTNode, bound: Sizes): Estimate {
  if (node.op === 'value') return { cost: 1, size: typeof node.args === 'string' ? node.args.length : 1 };
  if (node.op === 'id') return { cost: 1, size: bound.get(node.args) ?? limits.typesMax };
  if (node.op === 'rcall' && comprehensions.includes(node.args[0])) return estimateComprehension(node.args[1], node.args[2], bound);
  return estimateParts(node, bound);
}

function estimateComprehension(receiver: ASTNode, [variable, ...bodies]: readonly ASTNode[], bound: Sizes): Estimate {
  const over = estimate(receiver, bound);
  const inner = new Map(bound).set(variable?.op === 'id' ? variable.args : '', elementSize(receiver, bound));
  const body = bodies.map((each) => estimate(each, inner)).reduce((sum, { cost }) => sum + cost, 0);
  return { cost: over.cost + over.size * (1 + body), size: over.size };
}

/** Of what a comprehension walks over: a type's name, the largest of a list that is written out, or anything. */
function elementSize(receiver: ASTNode, bound: Sizes): number {
  if (receiver.op === 'id' && receiver.args in rowVariables) return typeLengthMax;
  if (receiver.op === 'list') return receiver.args.reduce((most, item) => Math.max(most, estimate(item, bound).size), 1);
  return limits.typesMax;
}

/** What is in the maps of a row is small, whatever they are asked for. */
const valueSizes: Readonly<Record<string, number>> = { outcome: 16, counts: 4, total: 1 };

function estimateParts(node: ASTNode, bound: Sizes): Estimate {
  const parts = childrenOf(node).map((child) => estimate(child, bound));
  const cost = 1 + parts.reduce((sum, part) => sum + part.cost, 0);
  const sum = parts.reduce((total, { size }) => total + size, 0);
  const largest = parts.reduce((most, { size }) => Math.max(most, size), 1);
  // A comparison and a search visit what they compare; eight characters or elements of a native search weigh as much as a node.
  const scanned = ['==', '!=', '<', '<=', '>', '>=', 'in', '+', 'call', 'rcall'].includes(node.op) ? sum / 8 : 0;
  const repeated = node.op === 'rcall' && node.args[0] === 'matches' ? (largest * largest) / 64 : 0;
  const base = node.op === '.' || node.op === '[]' ? node.args[0] : undefined;
  const value = base?.op === 'id' && !bound.has(base.args) ? valueSizes[base.args] : undefined;
  if (value !== undefined) return { cost, size: value };
  return { cost: cost + scanned + repeated, size: node.op === '+' ? sum : node.op === 'list' || node.op === 'map' ? Math.max(parts.length, largest) : largest };
}
