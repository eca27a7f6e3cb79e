/** A value together with its JSON pointer (RFC 6901): how rules walk and point. */
import { type Complaint } from '@tributary/findings';
import { type Member, type Node } from './node';

export interface Place {
  readonly pointer: string;
  readonly node: Node;
}

export const rootPlace = (node: Node): Place => ({ pointer: '', node });

const token = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** `cycle_type`, `cycleType`, `CycleType`: the same, where the spelling is not documented. */
export const foldKey = (key: string): string => key.replace(/[_-]/g, '').toLowerCase();

/** The members of an object; of a repeated key only the last one, which is what every reader takes. */
export function membersOf({ pointer, node }: Place): readonly (Place & { readonly key: string })[] {
  if (node.kind !== 'object') return [];
  const last = new Map<string, Member>(node.members.map((member) => [member.key, member]));
  return [...last.values()].map(({ key, value }) => ({ key, pointer: `${pointer}/${token(key)}`, node: value }));
}

export function itemsOf({ pointer, node }: Place): readonly Place[] {
  return node.kind === 'array' ? node.items.map((item, index) => ({ pointer: `${pointer}/${index}`, node: item })) : [];
}

/** The member of that very name. */
export function child(place: Place | undefined, key: string): Place | undefined {
  if (place?.node.kind !== 'object') return undefined;
  const value = place.node.members.findLast((member) => member.key === key)?.value;
  return value && { pointer: `${place.pointer}/${token(key)}`, node: value };
}

/** Text, number or boolean as text; undefined for null, objects and lists. */
export function textAt(place: Place | undefined): string | undefined {
  const node = place?.node;
  if (node?.kind === 'text') return node.value;
  if (node?.kind === 'number') return node.raw;
  return node?.kind === 'boolean' ? String(node.value) : undefined;
}

/** An integer, also written as text ("5"), as the API's own examples do. */
export function integerAt(place: Place | undefined): number | undefined {
  const text = textAt(place)?.trim();
  return text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Not there, null, empty, or the text "None" that the API's Python examples carry for null. */
export function isAbsent(place: Place | undefined): boolean {
  if (!place || place.node.kind === 'null') return true;
  const text = textAt(place);
  return text !== undefined && ['', 'None', 'null'].includes(text.trim());
}

export type At = Complaint['location'];
