/** Every schedule of a document, wherever its generation of the API keeps it. */
import { isAbsent, itemsOf, child, type Place } from '../document/place';
import { field, present, type Unit } from './unit';

export interface Schedule {
  readonly unit: Unit;
  /** The object that holds its fields. */
  readonly place: Place;
  /** For identities: empty, or which of several triggers. */
  readonly label: string;
  /** The field, unless it is absent, null or empty. */
  readonly field: (name: string) => Place | undefined;
}

export function schedulesOf(units: readonly Unit[]): readonly Schedule[] {
  return units.flatMap((unit) => (unit.kind === 'trigger-workflow' ? triggersOf(unit) : own(unit)));
}

function own(unit: Unit): Schedule[] {
  const { schedule } = unit;
  if (!schedule) return [];
  return [{ unit, place: schedule, label: '', field: (name) => (unit.verified ? direct(schedule, name) : present(unit, name)) }];
}

/** The triggers of a workflow that is started by one. */
export function triggersOf(unit: Unit): Schedule[] {
  const list = field(unit, 'TriggerWorkflowSchedulerConfigurations');
  const triggers = (list ? itemsOf(list) : []).filter(({ node }) => node.kind === 'object');
  return triggers.map((place, index) => ({ unit, place, label: `trigger ${index}/`, field: (name) => direct(place, name) }));
}

function direct(place: Place, name: string): Place | undefined {
  const found = child(place, name);
  return isAbsent(found) ? undefined : found;
}
