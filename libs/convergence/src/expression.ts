/** CEL with errors as values: the evaluator throws, this lib does not. */
import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import { limits, severities } from '@tributary/facts';
import { boundsFault, costOf } from './expression-bounds';
import { type ExpressionFault } from './expression-fault';
import { expressionNodes } from './expression-nodes';
import { type RowScope, type RowVariable, rowVariables } from './row-scope';

export type Checked = { readonly kind: 'valid'; readonly ast: ASTNode } | { readonly kind: 'invalid'; readonly faults: readonly ExpressionFault[] };
export type Answer = { readonly kind: 'value'; readonly value: boolean } | { readonly kind: 'error'; readonly code: string };

/** Structure that the parser itself refuses; `expression-bounds` then bounds the work. */
const parserLimits = { maxAstNodes: 400, maxDepth: 24, maxListElements: 64, maxMapEntries: 32, maxCallArguments: 4 };

const environment = Object.entries(rowVariables).reduce((known, [name, type]) => known.registerVariable(name, type), new Environment({ limits: parserLimits }));

type Compiled =
  | { readonly kind: 'valid'; readonly run: ParseResult; readonly ast: ASTNode; readonly cost: number }
  | { readonly kind: 'invalid'; readonly faults: readonly ExpressionFault[] };

/** Parsing and checking cost a hundred times what a run costs; rows are few and repeat. Bounded: it starts anew when full. */
const compiled = new Map<string, Compiled>();
const compiledMax = 500;

/** Is it a boolean expression over the variables of a row, and bounded in what it can cost? */
export function check(expression: string): Checked {
  const outcome = compile(expression);
  return outcome.kind === 'valid' ? { kind: 'valid', ast: outcome.ast } : outcome;
}

/** Total: what does not compile, or fails at run time (a key that is not there), is an error with a code. */
export function evaluate(expression: string, scope: RowScope): Answer {
  const outcome = compile(expression);
  if (outcome.kind === 'invalid') return { kind: 'error', code: outcome.faults[0]?.code ?? 'INVALID' };
  const ran = attempt(() => outcome.run(contextOf(scope)) as unknown);
  if (!ran.ok) return { kind: 'error', code: faultOf(ran.error).code };
  return typeof ran.value === 'boolean' ? { kind: 'value', value: ran.value } : { kind: 'error', code: 'NOT_BOOLEAN' };
}

/** Nodes that one run visits at most (see `expression-bounds`); 0 when it does not compile, because then nothing runs. */
export function runCost(expression: string): number {
  const outcome = compile(expression);
  return outcome.kind === 'valid' ? outcome.cost : 0;
}

/** The row variables that an expression reads, sorted; empty when it does not compile. */
export function variablesOf(expression: string): RowVariable[] {
  const outcome = compile(expression);
  if (outcome.kind === 'invalid') return [];
  const names = expressionNodes(outcome.ast).flatMap((node) => (node.op === 'id' ? [node.args] : []));
  return (Object.keys(rowVariables) as RowVariable[]).filter((name) => names.includes(name)).sort();
}

function compile(expression: string): Compiled {
  const known = compiled.get(expression);
  if (known) return known;
  const fresh = compileNow(expression);
  if (compiled.size >= compiledMax) compiled.clear();
  compiled.set(expression, fresh);
  return fresh;
}

function compileNow(expression: string): Compiled {
  if (expression.length > limits.expressionLengthMax)
    return invalid({ code: 'EXPRESSION_TOO_LONG', summary: `longer than ${limits.expressionLengthMax} characters` });
  const parsed = attempt(() => environment.parse(expression));
  if (!parsed.ok) return invalid(faultOf(parsed.error));
  const fault = boundsFault(parsed.value.ast);
  if (fault) return invalid(fault);
  const typed = attempt(() => parsed.value.check());
  if (!typed.ok) return invalid(faultOf(typed.error));
  if (!typed.value.valid) return invalid(faultOf(typed.value.error));
  if (typed.value.type !== 'bool') return invalid({ code: 'NOT_BOOLEAN', summary: `gives ${typed.value.type ?? 'nothing'}, not bool`, offset: 0 });
  return { kind: 'valid', run: parsed.value, ast: parsed.value.ast, cost: costOf(parsed.value.ast) };
}

function invalid(...faults: ExpressionFault[]): Compiled {
  return { kind: 'invalid', faults };
}

function attempt<T>(run: () => T): { ok: true; value: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** The evaluator's errors carry `code`, `summary` and `range`; anything else (a stack overflow) is told as what it is. */
function faultOf(error: unknown): ExpressionFault {
  const { code, summary, range, message } = (error ?? {}) as { code?: unknown; summary?: unknown; range?: { start?: unknown }; message?: unknown };
  const offset = range?.start;
  return {
    code: typeof code === 'string' ? code.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_') : 'EVALUATION_FAILED',
    summary: typeof summary === 'string' ? summary : typeof message === 'string' ? message : 'failed',
    ...(typeof offset === 'number' ? { offset } : {}),
  };
}

/** One scope meets every row of a policy; its maps are made once. */
const contexts = new WeakMap<RowScope, Record<RowVariable, unknown>>();

function contextOf(scope: RowScope): Record<RowVariable, unknown> {
  const known = contexts.get(scope) ?? context(scope);
  contexts.set(scope, known);
  return known;
}

/** CEL's int is a bigint; maps instead of objects, so that no key meets a prototype. */
function context({ types, outcome, counts, total, observed, succeeded, failed, unfinished, closedBy }: RowScope): Record<RowVariable, unknown> {
  const ints = (some: RowScope['total']): Map<string, bigint> => new Map(severities.map((severity) => [severity, BigInt(some[severity])]));
  return {
    types: [...types],
    outcome: new Map(outcome),
    counts: new Map([...counts].map(([type, some]) => [type, ints(some)])),
    total: ints(total),
    observed: BigInt(observed),
    succeeded: BigInt(succeeded),
    failed: BigInt(failed),
    unfinished: BigInt(unfinished),
    closedBy,
  };
}
