/** Which rows of a policy no small model reaches: rounds of up to three participants, made of the types and numbers that the rows name. */
import { type ClosedBy, type Counts, type PolicyRow } from '@tributary/facts';
import { typesNamedBy } from './types-named-by';
import { check, evaluate, runCost } from './expression';
import { expressionNodes } from './expression-nodes';
import { noCounts } from './participants';
import { type Outcome } from './state';
import { scopeOf } from './table';

export interface Unreached {
  readonly index: number;
  readonly code: 'ROW_NEVER_HOLDS' | 'ROW_SHADOWED';
  /** For a shadowed row: the ids of the rows before it that decided instead. */
  readonly by?: string;
}

type Model = Parameters<typeof scopeOf>[0];

const modelsMax = 6_000;
/** Units of `costMax`; what is left over is not tried, and a warning is only a warning. */
const workMax = 5_000_000;
const outcomes: readonly Outcome[] = ['PASS', 'WARN', 'QUALITY', 'TRANSIENT', 'UNRECOVERABLE', 'RUNNING'];
const closings: readonly ClosedBy[] = ['QUIET', 'DEADLINE'];

export function unreachedRows(rows: readonly PolicyRow[]): Unreached[] {
  const seen = rows.map(() => ({ decided: false, held: new Set<string>() }));
  const perModel = 100 + 60 * rows.length + rows.reduce((sum, { when }) => sum + runCost(when), 0) / 32;
  let left = Math.min(modelsMax, Math.floor(workMax / perModel));
  for (const model of models(rows)) {
    for (const closedBy of closings) {
      if (closedBy === 'QUIET' && model.some(({ outcome }) => outcome === 'RUNNING')) continue;
      if (left-- <= 0 || seen.every(({ decided }) => decided)) return verdicts(seen);
      const scope = scopeOf(model, closedBy);
      const holding = rows.flatMap(({ when }, index) => (truthOf(evaluate(when, scope)) ? [index] : []));
      const [first] = holding;
      for (const index of holding) {
        if (index === first) mark(seen, index);
        else seen[index]?.held.add(rows[first ?? 0]?.id ?? '');
      }
    }
  }
  return verdicts(seen);
}

function mark(seen: readonly { decided: boolean }[], index: number): void {
  const row = seen[index];
  if (row) row.decided = true;
}

function truthOf(answer: ReturnType<typeof evaluate>): boolean {
  return answer.kind === 'value' && answer.value;
}

function verdicts(seen: readonly { readonly decided: boolean; readonly held: ReadonlySet<string> }[]): Unreached[] {
  return seen.flatMap(({ decided, held }, index): Unreached[] => {
    if (decided) return [];
    return held.size === 0 ? [{ index, code: 'ROW_NEVER_HOLDS' }] : [{ index, code: 'ROW_SHADOWED', by: [...held].sort().join(', ') }];
  });
}

/** Nobody; then every way for one, two and three of the types to end; then crowds, for rows that count participants. */
function* models(rows: readonly PolicyRow[]): Generator<Model> {
  const types = [...typesNamedBy(rows).slice(0, 4), 'SOMETHING', 'SOMETHING_ELSE'];
  const numbers = numbersNamedBy(rows);
  const counts = countsAround(numbers);
  yield [];
  for (const type of types) for (const outcome of outcomes) for (const some of counts) yield [participant(type, outcome, some)];
  for (const size of numbers.filter((number) => number > 0 && number <= 256)) {
    for (const outcome of outcomes) yield crowd(types, size, outcome, noCounts);
    for (const good of [1, size - 1]) yield crowd(types, size, 'QUALITY', noCounts).map((each, n) => (n < good ? { ...each, outcome: 'PASS' } : each));
  }
  for (const [a, b] of pairs(types)) {
    for (const first of outcomes) for (const second of outcomes) yield [participant(a, first, noCounts), participant(b, second, noCounts)];
  }
  for (const [a, b] of pairs(types)) {
    for (const first of outcomes) for (const second of outcomes) for (const some of counts) yield [participant(a, first, some), participant(b, second, some)];
  }
  for (const [a, b] of pairs(types)) {
    for (const c of types.filter((type) => type > b)) {
      for (const first of outcomes)
        for (const second of outcomes)
          for (const third of outcomes) yield [a, b, c].map((type, n) => participant(type, [first, second, third][n] ?? first, noCounts));
    }
  }
}

function pairs(types: readonly string[]): [string, string][] {
  return types.flatMap((a) => types.filter((b) => a < b).map((b): [string, string] => [a, b]));
}

function participant(type: string, outcome: Outcome, counts: Counts): Model[number] {
  return {
    type,
    outcome,
    by: { id: type, payloadHash: '', says: outcome === 'RUNNING' ? 'STARTED' : outcome, type, attempt: 1, source: '', sequence: 0, watchMs: 0, counts },
  };
}

function crowd(types: readonly string[], size: number, outcome: Outcome, counts: Counts): Model {
  return Array.from({ length: size }, (_, n) => participant(types[n] ?? `SOMETHING_${String(n)}`, outcome, counts)).sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** The integers that the rows compare with, and their neighbours. */
function numbersNamedBy(rows: readonly PolicyRow[]): number[] {
  const named = rows.flatMap(({ when }) => {
    const checked = check(when);
    return checked.kind === 'invalid'
      ? []
      : expressionNodes(checked.ast).flatMap((node) => (node.op === 'value' && typeof node.args === 'bigint' ? Number(node.args) : []));
  });
  return [...new Set(named.flatMap((number) => [number - 1, number, number + 1]))]
    .filter((number) => number >= 0 && number <= 1_000_000_000)
    .sort((a, b) => a - b)
    .slice(0, 24);
}

function countsAround(numbers: readonly number[]): Counts[] {
  const each = numbers.flatMap((number): Counts[] => [
    { blocker: number, error: number, warning: number, info: number },
    { ...noCounts, blocker: number },
    { ...noCounts, error: number },
    { ...noCounts, warning: number },
  ]);
  return [noCounts, ...each];
}
