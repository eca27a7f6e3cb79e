/** The SQL inside tasks, for whoever checks SQL. */
import { textAt } from '../document/place';
import { taskTypes } from '../model/task-types';
import { present, taskTypeOf, type Unit } from '../model/unit';
import { decodeCode } from './code';

export interface EmbeddedSql {
  /** Of the encoded text. */
  readonly pointer: string;
  readonly text: string;
  /** The dialect of the task's engine, where it has one of its own. */
  readonly dialectHint?: string;
}

export function embeddedSqlOf(unit: Unit): EmbeddedSql[] {
  const type = taskTypes.get(taskTypeOf(unit) ?? -1);
  const place = present(unit, 'CodeContent');
  const encoded = textAt(place);
  if (type?.code !== 'sql' || !unit.verified || !place || encoded === undefined) return [];
  const decoded = decodeCode(encoded);
  if (decoded.kind !== 'code') return [];
  return [{ pointer: place.pointer, text: decoded.text, ...(type.dialect !== undefined && { dialectHint: type.dialect }) }];
}
