/** What goes wrong while reading, apart from the archive being refused as a whole. */
import { type Bilingual } from './refusal';

/**
 * - `SOURCE_FAILED`: the bytes could not be had; try again later;
 * - `INDEX_STORE_FAILED`: the stored index could not be had or stored; try again later;
 * - `ABORTED`: the caller's signal;
 * - `ENTRY_TOO_LARGE`: the entry is larger than the caller wants to hold in memory.
 */
export type PackageReaderCode = 'SOURCE_FAILED' | 'INDEX_STORE_FAILED' | 'ABORTED' | 'ENTRY_TOO_LARGE';

export class PackageReaderError extends Error {
  override readonly name = 'PackageReaderError';

  constructor(
    readonly code: PackageReaderCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export type CorruptReason = 'CRC_WRONG' | 'SIZE_WRONG' | 'INFLATE_FAILED' | 'TRAILING_DATA';

const corruptTexts: Readonly<Record<CorruptReason, Bilingual>> = {
  CRC_WRONG: { en: 'the content does not have the declared CRC-32', zh: '内容与声明的 CRC-32 不符' },
  SIZE_WRONG: { en: 'the content does not have the declared size', zh: '内容与声明的大小不符' },
  INFLATE_FAILED: { en: 'the compressed data is broken', zh: '压缩数据已损坏' },
  TRAILING_DATA: { en: 'bytes follow the end of the compressed data', zh: '压缩数据结束后仍有多余字节' },
};

/** An entry of a sound directory whose content is not what the directory says. The quality failure of whoever reads it. */
export class EntryCorrupt extends Error {
  override readonly name = 'EntryCorrupt';
  readonly code = 'ENTRY_CORRUPT';
  readonly detail: Bilingual;

  constructor(
    readonly path: string,
    readonly reason: CorruptReason,
    options?: { cause?: unknown },
  ) {
    super(`${path}: ${corruptTexts[reason].en}`, options);
    this.detail = corruptTexts[reason];
  }
}
