/** The extra fields of a record: parsed to the last byte, so that no two readers can take them differently. */
import { Refused } from './refusal';

export const zip64Field = 0x0001;
export const unicodePathField = 0x7075;
export const unicodeCommentField = 0x6375;
/** Fields that change what an archive says; a second one of the same kind would leave the choice to the reader. */
const decisive: readonly number[] = [zip64Field, unicodePathField, unicodeCommentField];

/** Throws `EXTRA_FIELD_INVALID`. Up to three zero bytes at the end are the padding of alignment tools. */
export function parseExtraFields(extra: Buffer, entryIndex: number): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  while (at + 4 <= extra.length) {
    const id = extra.readUInt16LE(at);
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) throw new Refused('EXTRA_FIELD_INVALID', entryIndex);
    if (decisive.includes(id) && fields.has(id)) throw new Refused('EXTRA_FIELD_INVALID', entryIndex);
    fields.set(id, extra.subarray(at + 4, end));
    at = end;
  }
  if (extra.subarray(at).some((byte) => byte !== 0)) throw new Refused('EXTRA_FIELD_INVALID', entryIndex);
  return fields;
}
