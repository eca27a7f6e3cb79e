/** Which partition a key belongs to: Java's murmur2, the default of Kafka's own clients (`murmur2_random` in librdkafka). */

/** The 32-bit murmur2 of Kafka's Java client over the key's UTF-8 bytes. */
export function murmur2(bytes: Uint8Array): number {
  const m = 0x5bd1e995;
  let h = 0x9747b28c ^ bytes.length;
  const blocks = bytes.length >> 2;
  for (let block = 0; block < blocks; block++) {
    const at = block << 2;
    let k = byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    k = Math.imul(k, m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = bytes.length & 3;
  const tail = blocks << 2;
  if (rest === 3) h ^= byteAt(bytes, tail + 2) << 16;
  if (rest >= 2) h ^= byteAt(bytes, tail + 1) << 8;
  if (rest >= 1) h = Math.imul(h ^ byteAt(bytes, tail), m);
  h ^= h >>> 13;
  h = Math.imul(h, m);
  return h ^ (h >>> 15);
}

const utf8 = new TextEncoder();
const scratch = new Uint8Array(64);

/** From 0 to `partitions` - 1. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(bytesOf(key)) & 0x7fffffff) % partitions;
}

/** UTF-8; valid until the next call. Ids are short and ASCII, and an encoder costs several times what their hash does. */
function bytesOf(key: string): Uint8Array {
  if (key.length > scratch.length) return utf8.encode(key);
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    if (unit > 0x7f) return utf8.encode(key);
    scratch[at] = unit;
  }
  return scratch.subarray(0, key.length);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
