/** The values that a rule looked at, as pairs to show. Pure. */
export interface RuleValue {
  readonly name: string;
  readonly value: string;
  /** Names of participants behind a number. */
  readonly types: readonly string[];
}

const counted = ['observed', 'succeeded', 'failed', 'unfinished'] as const;

/** Counts with the types behind them first, in the order of the table; then whatever else the rule read. */
export function ruleValues(values: Readonly<Record<string, unknown>>): readonly RuleValue[] {
  const first = counted.flatMap((name): RuleValue[] =>
    typeof values[name] === 'number' ? [{ name, value: String(values[name]), types: typesIn(values[`${name}Types`]) }] : [],
  );
  const shown = new Set<string>([...counted, ...counted.map((name) => `${name}Types`), 'closedBy', 'skipped']);
  const rest = Object.entries(values).filter(([name]) => !shown.has(name));
  return [...first, ...rest.map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value), types: [] }))];
}

function typesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((type) => typeof type === 'string') : [];
}
