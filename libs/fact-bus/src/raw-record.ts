/** What a record was before anybody read it: kept for what waits and what was given up, so that nothing is lost that a foreign producer said. */

/** Bytes as they came; `null` where the record had none. */
export interface RawRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** In order; a name may come more than once. */
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
  /** Why the record is not even a readable envelope. */
  readonly refused?: { readonly code: string; readonly detail: string };
}

interface Written {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [string, string])[];
  readonly refused?: { readonly code: string; readonly detail: string };
}

const encoded = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('base64'));
const decoded = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text, 'base64'));

/** JSON with the bytes in base64. */
export function rawToText({ key, value, headers, refused }: RawRecord): string {
  const written: Written = {
    key: encoded(key),
    value: encoded(value),
    headers: headers.map(([name, bytes]) => [name, encoded(bytes) ?? '']),
    ...(refused && { refused: { code: refused.code, detail: storable(refused.detail) } }),
  };
  return JSON.stringify(written);
}

/** The inverse of `rawToText`; throws on anything else. */
export function rawFromText(text: string): RawRecord {
  const { key, value, headers, refused } = JSON.parse(text) as Written;
  return {
    key: decoded(key),
    value: decoded(value),
    headers: headers.map(([name, bytes]) => [name, Buffer.from(bytes, 'base64')]),
    ...(refused && { refused }),
  };
}

/** Text that a database can keep: PostgreSQL refuses the character U+0000. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
