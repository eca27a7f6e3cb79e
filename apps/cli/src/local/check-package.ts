/** `tributary package check`: the same strict reader that every worker uses, on a file of one's own. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Budgets } from '@tributary/facts';
import { EntryCorrupt, openPackage, type PackageEntry, type RandomAccess, type Refusal, type SoundPackage } from '@tributary/package-reader';
import { type Invocation } from '../invocation';
import { type LocalFile, localFile, unreadable } from '../local-file';
import { bytesText } from '../quantities';
import { plain, table } from '../style';

/** 0: every scanner can read it. 1: it is refused. */
export async function checkPackage(invocation: Invocation): Promise<number> {
  const file = await localFile(invocation, invocation.argument(0));
  const handle = await open(file.path).catch((error: unknown) => {
    throw unreadable(file.name, error);
  });
  try {
    const sha256 = await sha256Of(file.path);
    const opened = await openPackage(accessTo(handle, file.size), { sha256, budgets: Budgets.parse({}), signal: invocation.signal });
    if (opened.kind === 'refused') return refused(opened.refusal, invocation, file);
    const corrupt = await firstCorrupt(opened);
    if (corrupt) return corruptEntry(corrupt, invocation, file);
    return readable(opened, invocation, { file, sha256 });
  } finally {
    await handle.close();
  }
}

function accessTo(handle: FileHandle, size: number): RandomAccess {
  return {
    size,
    read: async (start, length) => {
      const bytes = Buffer.alloc(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

interface Corrupt {
  readonly entry: PackageEntry;
  readonly fault: EntryCorrupt;
}

/** Every byte is inflated as a scanner would, so that a wrong checksum is found here and not there. */
async function firstCorrupt(opened: SoundPackage): Promise<Corrupt | undefined> {
  for (const entry of opened.entries) {
    try {
      const chunks = opened.read(entry)[Symbol.asyncIterator]();
      while ((await chunks.next()).done !== true) continue;
    } catch (error) {
      if (error instanceof EntryCorrupt) return { entry, fault: error };
      throw error;
    }
  }
  return undefined;
}

function refused({ code, entryIndex, detail }: Refusal, invocation: Invocation, { name }: LocalFile): number {
  if (invocation.json) invocation.printJson({ kind: 'refused', code, ...(entryIndex !== undefined && { entryIndex }), detail });
  else
    invocation.print(
      ...refusalLines(
        name,
        `${plain(detail[invocation.language])} (${code})`,
        entryIndex === undefined ? undefined : invocation.text('packageEntry', { n: entryIndex + 1, name: '' }),
        invocation,
        code === 'NOT_A_ZIP' ? 'packageNoZip' : 'packageWhy',
      ),
    );
  return 1;
}

function corruptEntry({ entry, fault: { detail, code } }: Corrupt, invocation: Invocation, { name }: LocalFile): number {
  const place = invocation.text('packageEntry', { n: entry.entryIndex + 1, name: ` ${plain(entry.path)}` });
  if (invocation.json) invocation.printJson({ kind: 'refused', code, entryIndex: entry.entryIndex, path: entry.path, detail });
  else invocation.print(...refusalLines(name, `${plain(detail[invocation.language])} (${code})`, place, invocation));
  return 1;
}

/** The gate refuses what does not even begin like a zip; everything else it takes, and judges. */
function refusalLines(
  file: string,
  why: string,
  place: string | undefined,
  invocation: Invocation,
  then: 'packageNoZip' | 'packageWhy' = 'packageWhy',
): string[] {
  const first = `${invocation.style('bad', '✖')} ${invocation.text('packageRefused', { file: plain(file) })}`;
  const more = invocation.quiet ? [] : ['', invocation.style('dim', invocation.text(then))];
  return [first, `  ${why}`, ...(place === undefined ? [] : [`  ${place}`]), ...more];
}

function readable({ entries }: SoundPackage, invocation: Invocation, { file, sha256 }: { readonly file: LocalFile; readonly sha256: string }): number {
  if (invocation.json) {
    invocation.printJson({ kind: 'readable', sha256, bytes: file.size, entries: entries.map(({ path, size }) => ({ path, size })) });
    return 0;
  }
  const inflated = entries.reduce((sum, { size }) => sum + size, 0);
  const { style } = invocation;
  invocation.print(
    `${style('good', '✔')} ${invocation.text('packageGood', { file: plain(file.name), files: entries.length, size: bytesText(file.size), inflated: bytesText(inflated) })}`,
  );
  if (!invocation.quiet) invocation.print(`  ${style('dim', invocation.text('packageSha', { sha256 }))}`);
  if (invocation.switch('list')) {
    const rows = entries.map(({ path, size }) => [`  ${bytesText(size)}`, plain(path)]);
    invocation.print('', ...table([[`  ${invocation.text('columnSize')}`, invocation.text('columnPath')], ...rows]));
  }
  return 0;
}
