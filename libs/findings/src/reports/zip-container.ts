/**
 * The zip container of an .xlsx file, written as it comes: sizes follow each entry in a data descriptor, dates are fixed, so
 * equal parts give equal bytes. Entries are deflated by the platform's `CompressionStream`. No zip64: parts stay below 4 GiB.
 */

export interface ZipPart {
  readonly name: string;
  readonly text: AsyncIterable<string> | Iterable<string>;
}

interface Written {
  readonly name: Uint8Array;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/** 1980-01-01 00:00, the first moment of the format. */
const dosDate = 0x0021;
/** Sizes in a data descriptor, names in UTF-8. */
const flags = 0x0808;
const deflated = 8;
const version = 20;

const encoder = new TextEncoder();

export async function* zipContainer(parts: Iterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for (const { name, text } of parts) {
    const head = { name: encoder.encode(name), offset };
    const local = fields([0x04034b50, 4], [version, 2], [flags, 2], [deflated, 2], [0, 2], [dosDate, 2], [0, 4], [0, 4], [0, 4], [head.name.length, 2], [0, 2]);
    yield join(local, head.name);
    const sum = new Sum();
    let packed = 0;
    const chunks: AsyncIterable<Uint8Array> = streamOf(measured(text, sum)).pipeThrough(new CompressionStream('deflate-raw'));
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
    const entry = { ...head, crc: sum.crc, packed, size: sum.size };
    yield fields([0x08074b50, 4], [entry.crc, 4], [entry.packed, 4], [entry.size, 4]);
    written.push(entry);
    offset += local.length + head.name.length + packed + 16;
  }
  yield directory(written, offset);
}

/** As `ReadableStream.from`, which not every browser has. */
function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: (controller) =>
      pieces.next().then(({ done, value }) => {
        if (done === true) controller.close();
        else controller.enqueue(value);
      }),
    cancel: () => pieces.return(undefined).then(() => undefined),
  });
}

async function* measured(text: ZipPart['text'], sum: Sum): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of text) {
    const bytes = encoder.encode(piece);
    sum.add(bytes);
    yield bytes;
  }
}

function directory(entries: readonly Written[], start: number): Uint8Array {
  const records = entries.map(({ name, offset, crc, packed, size }) =>
    join(
      fields([0x02014b50, 4], [version, 2], [version, 2], [flags, 2], [deflated, 2], [0, 2], [dosDate, 2], [crc, 4], [packed, 4], [size, 4]),
      fields([name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      name,
    ),
  );
  const length = records.reduce((total, record) => total + record.length, 0);
  return join(...records, fields([0x06054b50, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [length, 4], [start, 4], [0, 2]));
}

/** CRC-32 and length of what went by. */
class Sum {
  #state = 0xffffffff;
  size = 0;

  add(bytes: Uint8Array): void {
    let state = this.#state;
    for (const byte of bytes) state = (table[(state ^ byte) & 0xff] ?? 0) ^ (state >>> 8);
    this.#state = state;
    this.size += bytes.length;
  }

  get crc(): number {
    return (this.#state ^ 0xffffffff) >>> 0;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** Little-endian numbers, each with its width in bytes. */
function fields(...values: readonly (readonly [value: number, width: 2 | 4])[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((total, [, width]) => total + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function join(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
