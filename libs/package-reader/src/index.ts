/** The one strict reader of packages: what an archive holds, or why it is refused. */
export { type ArchiveLimits, packageLimits, spreadsheetLimits } from './budgets';
export { type NameEncoding } from './entry-names';
export { indexOf, type IndexStore, openPackage, type OpenOptions } from './open-package';
export { type EntryText, type OpenedPackage, openNested, type PackageEntry, type RefusedPackage, SoundPackage } from './opened-package';
export { indexName, type ManifestEntry, manifestFormat, type PackageIndex } from './package-index';
export { type CorruptReason, EntryCorrupt, type PackageReaderCode, PackageReaderError } from './reader-error';
export { type Bilingual, type Refusal, type RefusalCode, refusalCodes, refusalTexts } from './refusal';
export { accessToBytes, type RandomAccess } from './source';
export { type DecodedText, decodeText, type TextEncoding } from './text';
