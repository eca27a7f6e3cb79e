/** Which template a workbook follows, by its header cells; never by its file name. */
import { isBlank, textOf, type Sheet, type Workbook } from '../workbook';
import { dependencyFieldOf, scheduleFieldOf, taskFieldOf, type DependencyField, type ScheduleField, type TaskField } from './fields';
import { normaliseHeader } from './header';
import { templates, type Template } from './templates';

/** A sheet with a role: the row of its headers and where each field stands (both from 0). */
export interface Table<Field extends string> {
  readonly sheet: Sheet;
  readonly headerRow: number;
  readonly columns: ReadonlyMap<Field, number>;
  /** Further columns with the header of a field that was already there. */
  readonly repeated: readonly { readonly field: Field; readonly column: number }[];
  /** Columns whose header says nothing that we know. */
  readonly unknown: readonly number[];
}

export interface Recognised {
  readonly kind: string;
  readonly template: Template;
  readonly tasks: readonly Table<TaskField>[];
  readonly schedules: readonly Table<ScheduleField>[];
  readonly dependencies: readonly Table<DependencyField>[];
}

export interface NotRecognised {
  readonly kind: 'none';
  readonly reasonCode: 'NO_SHEET' | 'NO_TASK_HEADER';
}

export type Recognition = Recognised | NotRecognised;

/** Narrows: `kind` is open, because templates may be added. */
export function isRecognised(recognition: Recognition): recognition is Recognised {
  return 'template' in recognition;
}

/** Header rows are looked for at the top only. */
const HEADER_ROWS_MAX = 20;
const COLUMNS_MAX = 200;

/** With one of these beside the name, a list of names is a list of tasks. */
const TELLING: readonly TaskField[] = ['upstream', 'script', 'command', 'cycle', 'cron', 'type'];
/** With so many of these, a sheet is a list of tasks even when the column of the names is missing. */
const TELLING_WITHOUT_NAME: readonly TaskField[] = ['workflow', 'upstream', 'script', 'command', 'cycle', 'cron', 'retry', 'timeout', 'owner'];
const EDGE_FIELDS: ReadonlySet<TaskField> = new Set(['project', 'workflow', 'name', 'upstream']);
/** Headers that data dictionaries have, too. */
const GENERIC = new Set(['name', '名称', 'type', 'description', 'desc', '说明', '备注', '描述', 'status', '状态']);

export function recogniseTemplate(workbook: Workbook, known: readonly Template[] = templates): Recognition {
  if (workbook.sheets.length === 0) return { kind: 'none', reasonCode: 'NO_SHEET' };
  for (const template of known) {
    const candidates = workbook.sheets.flatMap((sheet) => taskTable(sheet, template) ?? []);
    if (candidates.length === 0) continue;
    // A sheet of names and upstreams alone is the list of dependencies of a fuller sheet, where there is one.
    const full = candidates.filter(({ columns }) => [...columns.keys()].some((field) => !EDGE_FIELDS.has(field)));
    const tasks = full.length > 0 ? full : candidates;
    const others = workbook.sheets.filter((sheet) => !tasks.some((table) => table.sheet === sheet));
    return { kind: template.kind, template, tasks, schedules: others.flatMap(scheduleTable), dependencies: others.flatMap(dependencyTable) };
  }
  return { kind: 'none', reasonCode: 'NO_TASK_HEADER' };
}

function taskTable(sheet: Sheet, template: Template): Table<TaskField> | undefined {
  const fieldOf = (header: string): TaskField | undefined => template.aliases[header] ?? taskFieldOf.get(header);
  return firstTable(sheet, fieldOf, (table, headers) =>
    template.signature ? template.signature.every((header) => headers.includes(header)) : looksLikeTasks(table, headers),
  );
}

function looksLikeTasks({ columns }: Table<TaskField>, headers: readonly string[]): boolean {
  if (columns.has('name') && dependencyHeadersIn(headers)) return false;
  const filled = headers.filter((header) => header !== '');
  if (columns.size < filled.length / 2) return false;
  const telling = TELLING.filter((field) => columns.has(field));
  const nameAt = columns.get('name');
  if (nameAt === undefined) return TELLING_WITHOUT_NAME.filter((field) => columns.has(field)).length >= 4;
  const generic = GENERIC.has(headers[nameAt] ?? '');
  const strong = telling.filter((field) => !GENERIC.has(headers[columns.get(field) ?? -1] ?? ''));
  return generic ? strong.length >= 2 : telling.length >= 1;
}

const dependencyHeadersIn = (headers: readonly string[]): boolean =>
  headers.some((header) => dependencyFieldOf.get(header) === 'upstreamTask' && !taskFieldOf.has(header));

function scheduleTable(sheet: Sheet): Table<ScheduleField>[] {
  const table = firstTable(
    sheet,
    (header) => scheduleFieldOf.get(header),
    ({ columns }) => columns.has('workflow') && columns.has('cron'),
  );
  return table ? [table] : [];
}

function dependencyTable(sheet: Sheet): Table<DependencyField>[] {
  const table = firstTable(
    sheet,
    (header) => dependencyFieldOf.get(header),
    ({ columns }) => columns.has('name') && columns.has('upstreamTask'),
  );
  return table ? [table] : [];
}

function firstTable<Field extends string>(
  sheet: Sheet,
  fieldOf: (header: string) => Field | undefined,
  fits: (table: Table<Field>, headers: readonly string[]) => boolean,
): Table<Field> | undefined {
  for (const [headerRow, row] of sheet.rows.slice(0, HEADER_ROWS_MAX).entries()) {
    const headers = row.slice(0, COLUMNS_MAX).map((value) => (isBlank(value) ? '' : normaliseHeader(textOf(value))));
    const table = tableOf(sheet, headerRow, headers, fieldOf);
    if (fits(table, headers)) return table;
  }
  return undefined;
}

function tableOf<Field extends string>(
  sheet: Sheet,
  headerRow: number,
  headers: readonly string[],
  fieldOf: (header: string) => Field | undefined,
): Table<Field> {
  const columns = new Map<Field, number>();
  const repeated: { field: Field; column: number }[] = [];
  const unknown: number[] = [];
  for (const [column, header] of headers.entries()) {
    const field = fieldOf(header);
    if (field === undefined) {
      if (header !== '') unknown.push(column);
    } else if (columns.has(field)) repeated.push({ field, column });
    else columns.set(field, column);
  }
  return { sheet, headerRow, columns, repeated, unknown };
}
