/** Does a file begin like a zip? Looked at before the first byte is stored. */
import { Problem } from '@tributary/service-kit';

const signatureBytes = 4;
/** A first entry, or the end record of an archive without entries. */
const signatures = new Set(['504b0304', '504b0506']);

/** The same bytes again, once their beginning is known to be a zip's. Rejects with a `Problem`: FILE_EMPTY or NOT_A_ZIP. */
export async function beginningLikeZip(source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < signatureBytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  if (size === 0) throw fileEmpty();
  if (!signatures.has(Buffer.concat(first).toString('hex', 0, signatureBytes))) {
    await iterator.return?.();
    throw new Problem(415, 'NOT_A_ZIP', { en: 'The file does not begin like a zip archive.', zh: '文件不是 zip 压缩包。' });
  }
  return rejoined(first, iterator);
}

async function* rejoined(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

export function fileEmpty(): Problem {
  const message = { en: 'the file has no bytes', zh: '文件为空' };
  return new Problem(400, 'FILE_EMPTY', { en: 'The file is empty.', zh: '上传的文件为空。' }, { errors: [{ parameter: 'file', code: 'FILE_EMPTY', message }] });
}
