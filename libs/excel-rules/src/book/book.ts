/** A recognised workbook as rules see it: tasks with the cells they came from, and who waits for whom. */
import { type Recognised, type Table } from '../template/recognise';
import { type ScheduleField, type TaskField } from '../template/fields';
import { cellAddress, cellValue, mergeAt, textOf, type CellValue, type Sheet, type Workbook } from '../workbook';
import { type Row, type Task } from './task';
import { readUpstreams, type Upstream } from './upstream';

export interface Book {
  readonly workbook: Workbook;
  readonly recognised: Recognised;
  /** Rows with a name, from top to bottom. */
  readonly tasks: readonly Task[];
  /** Rows that are filled but have no name. */
  readonly nameless: readonly Row<TaskField>[];
  readonly schedules: readonly Row<ScheduleField>[];
  readonly upstreams: readonly Upstream[];
  /** When the package was uploaded, in milliseconds since 1970; undefined: nothing is said about what is over. */
  readonly uploadedAt: number | undefined;
}

const OFF = new Set(['n', 'no', '否', 'off', 'false', '0', '停用', '禁用', 'disabled']);

export function readBook(workbook: Workbook, recognised: Recognised, uploadedAt?: number): Book {
  const rows = recognised.tasks.flatMap(dataRows);
  const tasks = rows.filter((row) => row.text('name') !== '').map(toTask);
  return {
    workbook,
    recognised,
    tasks,
    nameless: recognised.tasks.some(({ columns }) => columns.has('name')) ? rows.filter((row) => row.text('name') === '') : [],
    schedules: recognised.schedules.flatMap(dataRows),
    upstreams: readUpstreams(tasks, recognised.dependencies.flatMap(dataRows)),
    uploadedAt,
  };
}

/** The rows under the header in which at least one known column is filled. */
export function dataRows<Field extends string>(table: Table<Field>): Row<Field>[] {
  const columns = [...table.columns.values()];
  const first = table.headerRow + 1;
  return table.sheet.rows
    .slice(first)
    .flatMap((_, index) =>
      columns.some((column) => textOf(cellValue(table.sheet, first + index, column)).trim() !== '') ? [toRow(table, first + index)] : [],
    );
}

function toRow<Field extends string>(table: Table<Field>, row: number): Row<Field> {
  const { sheet, columns } = table;
  const value = (field: Field): CellValue => {
    const column = columns.get(field);
    return column === undefined ? null : valueThroughMerge(sheet, row, column);
  };
  return {
    table,
    row,
    value,
    text: (field) => textOf(value(field)).trim(),
    at: (field) => ({ sheet: sheet.name, cell: cellAddress(row, columns.get(field) ?? Math.min(...columns.values())) }),
    has: (field) => columns.has(field),
  };
}

function valueThroughMerge(sheet: Sheet, row: number, column: number): CellValue {
  const own = cellValue(sheet, row, column);
  if (own !== null || sheet.merges.length === 0) return own;
  const merge = mergeAt(sheet, row, column);
  return merge ? cellValue(sheet, merge.top, merge.left) : own;
}

function toTask(row: Row<TaskField>): Task {
  const [name, workflow, project] = [row.text('name'), row.text('workflow'), row.text('project')];
  const enabled = !row.has('enabled') || !OFF.has(row.text('enabled').toLowerCase());
  return { ...row, name, workflow, project, enabled, identity: [project, workflow, name].join('/') };
}
