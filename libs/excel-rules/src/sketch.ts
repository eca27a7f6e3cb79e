/** Workbooks as short values: what the examples of rules are written in. */
import { sheetOf, type CellValue, type Merge, type Workbook } from './workbook';

export interface SheetSketch {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
  readonly visibility?: 'visible' | 'hidden' | 'veryHidden';
  readonly merges?: readonly Merge[];
  /** From 0. */
  readonly hiddenRows?: readonly number[];
  /** Address to formula; the cell's value is the stored result. */
  readonly formulas?: Readonly<Record<string, string>>;
  readonly errors?: Readonly<Record<string, string>>;
}

export interface Sketch {
  readonly sheets: readonly SheetSketch[];
}

export function workbookOf({ sheets }: Sketch): Workbook {
  return {
    sheets: sheets.map(({ name, rows, visibility, merges, hiddenRows, formulas, errors }) =>
      sheetOf(name, rows, {
        ...(visibility && { visibility }),
        ...(merges && { merges }),
        ...(hiddenRows && { hiddenRows: new Set(hiddenRows) }),
        ...(formulas && { formulas: new Map(Object.entries(formulas).map(([cell, text]) => [cell, { text, cached: cachedAt(rows, cell) }] as const)) }),
        ...(errors && { errors: new Map(Object.entries(errors)) }),
      }),
    ),
  };
}

function cachedAt(rows: readonly (readonly CellValue[])[], cell: string): boolean {
  const [, letters = '', row = '1'] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
  const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return (rows[Number(row) - 1]?.[column] ?? null) !== null;
}

/** The default template, in the order of its columns, with values that nobody complains about. */
const sound = {
  项目名称: 'sales_mart',
  工作流名称: 'daily_sales',
  任务名称: 'load_orders',
  任务类型: 'SHELL',
  命令: 'set -e; sh load.sh',
  上游任务: null,
  调度周期: '日',
  cron表达式: '0 0 2 * * ?',
  负责人: 'zhang.san',
  重试次数: 2,
  '重试间隔(分钟)': 5,
  '超时(分钟)': 60,
} as const satisfies Record<string, CellValue>;

export type TaskSketch = Partial<Record<keyof typeof sound, CellValue>>;

/** A task sheet of the default template: sound rows with the given cells instead. */
export function taskSheet(tasks: readonly TaskSketch[], special: Omit<SheetSketch, 'name' | 'rows'> = {}): SheetSketch {
  return { name: '任务列表', rows: [Object.keys(sound), ...tasks.map((task) => Object.values({ ...sound, ...task }))], ...special };
}

/** A workbook with one task sheet. */
export function taskBook(...tasks: readonly TaskSketch[]): Sketch {
  return { sheets: [taskSheet(tasks)] };
}

/** A task sheet with columns of its own: the first row of `rows` is the header. */
export function bookOf(name: string, ...rows: readonly (readonly CellValue[])[]): Sketch {
  return { sheets: [{ name, rows }] };
}
