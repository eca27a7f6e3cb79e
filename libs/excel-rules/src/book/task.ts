/** A row of a table, and a row that is a task: values with the cells they came from. */
import { type Location } from '@tributary/findings';
import { type TaskField } from '../template/fields';
import { type Table } from '../template/recognise';
import { type CellValue } from '../workbook';

/** A row of a table. */
export interface Row<Field extends string> {
  readonly table: Table<Field>;
  /** From 0. */
  readonly row: number;
  /** The value as it stands in the cell; covered cells of a merge read as the merge. */
  value(field: Field): CellValue;
  /** What a person reads, without blanks around it. */
  text(field: Field): string;
  /** Where to look: the cell of the field, or the first cell of the row when the sheet has no such column. */
  at(field: Field): CellLocation;
  has(field: Field): boolean;
}

export type CellLocation = Omit<Location, 'path'> & { readonly sheet: string; readonly cell: string };

export interface Task extends Row<TaskField> {
  readonly name: string;
  readonly workflow: string;
  readonly project: string;
  /** Stable over moved rows: what a fault of this task is identified by. */
  readonly identity: string;
  readonly enabled: boolean;
}
