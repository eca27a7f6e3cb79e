/** Every filled or special cell of the task tables, under a known header. */
import { type Recognised, type Table } from '../template/recognise';
import { type TaskField } from '../template/fields';
import { cellAddress, cellValue, textOf, type CellValue } from '../workbook';

export interface TableCell {
  readonly table: Table<TaskField>;
  readonly field: TaskField;
  readonly address: string;
  /** From 0. */
  readonly row: number;
  /** The header above, as the part of an identity. */
  readonly column: string;
  readonly value: CellValue;
  /** The name of the row's task: stays when rows are inserted above. */
  readonly rowIdentity: string;
}

export function* tableCells({ tasks }: Pick<Recognised, 'tasks'>): Generator<TableCell> {
  for (const table of tasks) {
    const { sheet, headerRow, columns } = table;
    for (let row = headerRow + 1; row < sheet.rows.length; row++) {
      const text = (field: TaskField): string => textOf(cellValue(sheet, row, columns.get(field) ?? -1)).trim();
      const rowIdentity = [text('project'), text('workflow'), text('name')].join('/');
      for (const [field, column] of columns) {
        const address = cellAddress(row, column);
        const value = cellValue(sheet, row, column);
        if (value === null && !sheet.formulas.has(address)) continue;
        yield { table, field, address, row, column: field, value, rowIdentity };
      }
    }
  }
}
