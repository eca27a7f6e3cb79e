/** The variables of a policy row. Never who declined: no row can make a verdict depend on it. */
import { type ClosedBy, type Counts } from '@tributary/facts';
import { type Outcome } from './state';

export interface RowScope {
  /** The observed types, sorted. */
  readonly types: readonly string[];
  readonly outcome: ReadonlyMap<string, Outcome>;
  readonly counts: ReadonlyMap<string, Counts>;
  readonly total: Counts;
  readonly observed: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly closedBy: ClosedBy;
}

export type RowVariable = keyof RowScope;

/** CEL types; also the list of names that exist. */
export const rowVariables: Readonly<Record<RowVariable, string>> = {
  types: 'list<string>',
  outcome: 'map<string, string>',
  counts: 'map<string, map<string, int>>',
  total: 'map<string, int>',
  observed: 'int',
  succeeded: 'int',
  failed: 'int',
  unfinished: 'int',
  closedBy: 'string',
};
