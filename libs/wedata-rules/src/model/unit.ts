/** One task or workflow inside a document, with its fields wherever its generation of the API puts them. */
import { child, foldKey, isAbsent, itemsOf, membersOf, textAt, type Place } from '../document/place';

export type UnitKind = 'task' | 'trigger-task' | 'workflow' | 'trigger-workflow' | 'legacy-task' | 'bundle-task' | 'bundle-workflow';

export interface Unit {
  readonly kind: UnitKind;
  /** The whole of it. */
  readonly place: Place;
  /** The objects that hold its fields: base, configuration, schedule. */
  readonly parts: readonly Place[];
  /** The object that holds CycleType and its neighbours. */
  readonly schedule: Place | undefined;
  /** False where the names of the fields are not documented (bundle sources): what looks wrong there may be right. */
  readonly verified: boolean;
  readonly name: string;
  /** What identifies it without its position. */
  readonly identity: string;
}

const DEEP_MAX = 4;

/** The field of that name, or of an older name for it; also where it is null. */
export function field(unit: Unit, ...names: readonly string[]): Place | undefined {
  for (const name of names) {
    for (const part of unit.parts) {
      const found = unit.verified ? child(part, name) : deepChild(part, foldKey(name));
      if (found) return found;
    }
  }
  return undefined;
}

/** The field, unless it is absent, null or empty. */
export function present(unit: Unit, ...names: readonly string[]): Place | undefined {
  const found = names.map((name) => field(unit, name)).find((place) => !isAbsent(place));
  return found;
}

export function items(unit: Unit, ...names: readonly string[]): readonly Place[] {
  const list = field(unit, ...names);
  return list ? itemsOf(list) : [];
}

function deepChild(place: Place, folded: string, depth = 0): Place | undefined {
  const members = membersOf(place);
  const own = members.find(({ key }) => foldKey(key) === folded);
  if (own || depth >= DEEP_MAX) return own;
  for (const member of members) {
    const found = deepChild(member, folded, depth + 1);
    if (found) return found;
  }
  return undefined;
}

export const isTask = ({ kind }: Unit): boolean => kind === 'task' || kind === 'trigger-task' || kind === 'legacy-task' || kind === 'bundle-task';

export function taskTypeOf(unit: Unit): number | undefined {
  const text = textAt(field(unit, 'TaskTypeId', 'TaskType'))?.trim();
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** `{ ParamKey, ParamValue }` lists as pairs. */
export function pairs(unit: Unit, name: string): readonly { readonly key: string; readonly value: Place }[] {
  return items(unit, name).flatMap((item) => {
    const key = textAt(child(item, 'ParamKey'));
    const value = child(item, 'ParamValue');
    return key !== undefined && value ? [{ key, value }] : [];
  });
}
