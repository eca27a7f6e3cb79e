/** Opens a workbook behind the strict reader: a spreadsheet library inflates first and asks later. */
import { isRecognised, readWorkbook, recogniseTemplate, type Workbook } from '@tributary/excel-rules';
import { type Bilingual } from '@tributary/findings';
import { EntryCorrupt, type OpenedPackage, type PackageEntry, type SoundPackage } from '@tributary/package-reader';
import { filesOf } from '@tributary/worker-kit/scanning';

export type LoadedWorkbook =
  | { readonly kind: 'template'; readonly workbook: Workbook }
  /** About something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly detail: Bilingual };

/** `~$` begins the lock file of a workbook that was open while it was packed. */
const lockFile = /(?:^|\/)~\$[^/]*$/;

export const workbooksIn = (sound: SoundPackage): PackageEntry[] => filesOf(sound, /\.xls[xm]$/i).filter(({ path }) => !lockFile.test(path));
export const legacyWorkbooksIn = (sound: SoundPackage): PackageEntry[] => filesOf(sound, /\.xls$/i).filter(({ path }) => !lockFile.test(path));

/** Rejects with `EntryCorrupt` where the workbook's own entry is. */
export async function loadWorkbook(sound: SoundPackage, file: PackageEntry, signal: AbortSignal): Promise<LoadedWorkbook> {
  const container = await sound.readNested(file);
  const fault = await faultOf(container, signal);
  if (fault) return fault;
  const read = await readWorkbook(await sound.readBytes(file, file.size));
  if (read.kind === 'refused') return { kind: 'unreadable', code: read.reasonCode, detail: { en: read.detail, zh: read.detail } };
  return isRecognised(recogniseTemplate(read.workbook)) ? { kind: 'template', workbook: read.workbook } : { kind: 'other' };
}

/** Every part is read once, so that no size of the container is a lie. */
async function faultOf(container: OpenedPackage, signal: AbortSignal): Promise<LoadedWorkbook | undefined> {
  if (container.kind === 'refused') return { kind: 'unreadable', ...container.refusal };
  try {
    for (const part of container.entries) {
      signal.throwIfAborted();
      const chunks = container.read(part)[Symbol.asyncIterator]();
      while ((await chunks.next()).done !== true) continue;
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof EntryCorrupt)) throw error;
    return { kind: 'unreadable', code: error.code, detail: error.detail };
  }
}
