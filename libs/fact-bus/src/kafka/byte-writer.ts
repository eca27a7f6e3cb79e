/** Writes the primitive types of Kafka's protocol into one buffer that grows. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = 64 * 1024) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written; valid until something more is. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Begins again in the same buffer. */
  clear(): void {
    this.#length = 0;
  }

  int8(value: number): void {
    this.#length = this.#room(1).writeInt8(value, this.#length);
  }

  int16(value: number): void {
    this.#length = this.#room(2).writeInt16BE(value, this.#length);
  }

  int32(value: number): void {
    this.#length = this.#room(4).writeInt32BE(value, this.#length);
  }

  /** Up to 2^53. */
  int64(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.int32(high | 0);
    this.#length = this.#room(4).writeUInt32BE(value - high * 2 ** 32, this.#length);
  }

  /** Zigzag, 32 bits. */
  varint(value: number): void {
    const bytes = this.#room(5);
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 0x7f) {
      bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[this.#length++] = rest;
  }

  /** A text or bytes behind their length; `null` has the length -1. */
  sized(value: string | Uint8Array | null): void {
    if (value === null) {
      this.varint(-1);
      return;
    }
    const length = typeof value === 'string' ? Buffer.byteLength(value) : value.length;
    this.varint(length);
    if (typeof value === 'string') this.#room(length).write(value, this.#length, 'utf8');
    else this.#room(length).set(value, this.#length);
    this.#length += length;
  }

  /** A text behind its length in 16 bits; `null` has the length -1. */
  shortText(value: string | null): void {
    if (value === null) {
      this.int16(-1);
      return;
    }
    const length = Buffer.byteLength(value);
    this.int16(length);
    this.#room(length).write(value, this.#length, 'utf8');
    this.#length += length;
  }

  /** Leaves out four bytes; the answer fills them in. */
  later32(): (value: number) => void {
    const at = this.#length;
    this.#length += 4;
    this.#room(0);
    return (value) => {
      this.#bytes.writeInt32BE(value | 0, at);
    };
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The buffer with so many more bytes of room. */
  #room(more: number): Buffer {
    if (this.#length + more > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + more));
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}
