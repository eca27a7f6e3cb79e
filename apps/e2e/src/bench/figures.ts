/** Numbers into figures: median, spread, a table. Pure. */

export interface Figure {
  readonly benchmark: string;
  readonly what: string;
  readonly unit: string;
  /** Of `samples`; in between the two middle ones when they are even. */
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly p99: number;
  readonly samples: number;
  /** CPU of all processes of the system, its database included, for one of `per`; ms. */
  readonly cpu?: { readonly ms: number; readonly per: string };
  readonly note?: string;
}

export interface Measured extends Pick<Figure, 'what' | 'unit' | 'cpu' | 'note'> {
  readonly values: readonly number[];
}

/** Linear between neighbours; NaN for nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

export function figureOf(benchmark: string, { values, ...measured }: Measured): Figure {
  const at = (q: number): number => quantile(values, q);
  return { benchmark, ...measured, median: at(0.5), p10: at(0.1), p90: at(0.9), p99: at(0.99), samples: values.length };
}

const columns = ['benchmark', 'what', 'median', 'p10', 'p90', 'p99', 'n', 'CPU', 'note'] as const;

export function formatTable(figures: readonly Figure[]): string {
  const rows = [[...columns], ...figures.map(cells)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return `${rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

function cells({ benchmark, what, unit, median, p10, p90, p99, samples, cpu, note = '' }: Figure): string[] {
  const spread = samples > 1 ? [p10, p90, p99].map(rounded) : ['', '', ''];
  return [benchmark, what, `${rounded(median)} ${unit}`, ...spread, String(samples), cpu ? `${rounded(cpu.ms)} ms/${cpu.per}` : '', note];
}

/** Three digits that mean something. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
