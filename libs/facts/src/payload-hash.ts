/** What a fact says, as one hash: sha256 over RFC 8785 of type and data. Time and span are not part of it, so a fact told again hashes the same. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** RFC 8785 canonical JSON. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Lower-case hex of the UTF-8 bytes' sha256. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

export function payloadHash(fact: { readonly type: string; readonly data: unknown }): string {
  return sha256Hex(canonicalJson({ type: fact.type, data: fact.data }));
}
