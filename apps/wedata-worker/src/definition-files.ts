/** Which files of a package are about WeData, by their content. */
import { EntryCorrupt, type PackageEntry, type SoundPackage } from '@tributary/package-reader';
import { recogniseWedata, type WedataDocument } from '@tributary/wedata-rules';
import { filesOf } from '@tributary/worker-kit/scanning';

export interface DefinitionFile {
  readonly file: PackageEntry;
  /** Undefined where it means to be a definition and cannot be read. */
  readonly document: WedataDocument | undefined;
}

/** Content decides; the ending only says which files are worth reading. */
export function candidatesIn(sound: SoundPackage, fileBytesMax: number): PackageEntry[] {
  return filesOf(sound, /\.(?:json|ya?ml)$/i).filter(({ size }) => size <= fileBytesMax);
}

/** Undefined for a file that is about something else. Rejects with `EntryCorrupt`. */
export async function recognise(sound: SoundPackage, file: PackageEntry): Promise<DefinitionFile | undefined> {
  const read = await sound.readText(file, file.size);
  if (read.kind === 'refused') return undefined;
  const recognition = recogniseWedata(file.path, read.text);
  if (recognition.kind === 'none') return undefined;
  return { file, document: 'document' in recognition ? recognition.document : undefined };
}

/** All of them, and what cannot be read back: whoever checks it finds out. */
export async function definitionsIn(sound: SoundPackage, fileBytesMax: number, signal: AbortSignal): Promise<DefinitionFile[]> {
  const found: DefinitionFile[] = [];
  for (const file of candidatesIn(sound, fileBytesMax)) {
    signal.throwIfAborted();
    try {
      const definition = await recognise(sound, file);
      if (definition) found.push(definition);
    } catch (error) {
      if (!(error instanceof EntryCorrupt)) throw error;
      found.push({ file, document: undefined });
    }
  }
  return found;
}
