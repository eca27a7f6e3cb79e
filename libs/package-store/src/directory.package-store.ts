/** A package store in a folder: the data plane of one machine, or of many that mount the same volume. */
import { randomUUID } from 'node:crypto';
import { constants, type Dirent, type Stats } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, realpath, rename, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { codeOf, fill, orAbsent, speaking, syncFolder, writeAll } from './durable-files';
import { Meter } from './metered';
import { type ByteRange, type PackageStore, PackageStoreError, type PutOptions, type Stored, type StoredObject } from './package-store';
import { assertRange, assertSafeKey, incomingFolder, isSafeKey } from './store-key';

const readBytesAtOnce = 256 * 1024;
/** A folder may be pruned by a delete between its creation and the rename into it. */
const placingAttemptsMax = 5;

/**
 * An object is the file `<root>/<key>`. It is written under `<root>/.incoming`, flushed to the disk, and then renamed (or
 * linked, for `ifAbsent`) to its name. Symbolic links below the root are never followed.
 */
export class DirectoryPackageStore implements PackageStore {
  private resolvedRoot: Promise<string> | undefined;

  constructor(private readonly root: string) {}

  async put(key: string, bytes: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<Stored> {
    assertSafeKey(key);
    const temporary = join(await this.realRoot(), incomingFolder, randomUUID());
    const meter = new Meter(options);
    try {
      const path = await this.write(temporary, meter.through(bytes), key);
      const created = await speaking(() => this.place(temporary, key, path, options.ifAbsent === true));
      return { key, size: meter.size, sha256: meter.sha256(), created };
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  }

  async head(key: string): Promise<{ size: number; modifiedAt: Date } | undefined> {
    assertSafeKey(key);
    return speaking(async () => {
      const path = await this.pathOf(key);
      const stats = path === undefined ? undefined : await orAbsent(lstat(path));
      return stats?.isFile() === true ? { size: stats.size, modifiedAt: stats.mtime } : undefined;
    });
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    if (range) assertRange(range.start, range.end);
    const { handle, size } = await this.open(key);
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? size, size);
    if (start >= end) {
      await handle.close();
      return Readable.from([], { objectMode: false });
    }
    return handle.createReadStream({ start, end: end - 1, highWaterMark: readBytesAtOnce });
  }

  async readBytes(key: string, start: number, length: number): Promise<Buffer> {
    assertRange(start, start + length);
    const { handle, size } = await this.open(key);
    try {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - start)));
      return await speaking(() => fill(handle, buffer, start));
    } finally {
      await handle.close();
    }
  }

  async *list(prefix: string): AsyncGenerator<StoredObject, void, undefined> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const under = folder.slice(0, -1);
    if (under !== '' && !isSafeKey(under)) return;
    yield* this.walk(await this.realRoot(), folder, prefix);
  }

  async delete(key: string): Promise<void> {
    assertSafeKey(key);
    await speaking(async () => {
      const path = await this.pathOf(key);
      if (path === undefined) return;
      await orAbsent(unlink(path));
      await this.prune(dirname(path));
    });
  }

  async removeLeftovers(before: Date): Promise<number> {
    return speaking(async () => {
      const folder = join(await this.realRoot(), incomingFolder);
      let removed = 0;
      for (const name of (await orAbsent(readdir(folder))) ?? []) {
        const stats = await orAbsent(lstat(join(folder, name)));
        if (stats?.isFile() !== true || stats.mtime >= before) continue;
        await orAbsent(unlink(join(folder, name)));
        removed += 1;
      }
      return removed;
    });
  }

  async probe(): Promise<void> {
    await speaking(async () => {
      const root = await this.realRoot();
      await mkdir(join(root, incomingFolder), { recursive: true });
      const path = join(root, incomingFolder, randomUUID());
      const handle = await open(path, 'wx');
      await handle.close();
      await unlink(path);
    });
  }

  /** The folder is made on first use; the path without symbolic links is what every other path is checked against. */
  private async realRoot(): Promise<string> {
    this.resolvedRoot ??= speaking(async () => {
      await mkdir(this.root, { recursive: true });
      return realpath(this.root);
    });
    try {
      return await this.resolvedRoot;
    } catch (error) {
      this.resolvedRoot = undefined;
      throw error;
    }
  }

  /** Answers the object's path, whose folder is there by then. */
  private async write(temporary: string, chunks: AsyncIterable<Uint8Array>, key: string): Promise<string> {
    const handle = await speaking(async () => {
      await mkdir(dirname(temporary), { recursive: true });
      return open(temporary, 'wx', 0o644);
    });
    try {
      await writeAll(handle, chunks);
      // At once: to flush a file and folders together takes a disk little longer than the file alone.
      const [path] = await speaking(() => Promise.all([this.madeFolderFor(key), handle.sync()]));
      return path;
    } finally {
      await handle.close();
    }
  }

  private async place(temporary: string, key: string, path: string, ifAbsent: boolean): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await (ifAbsent ? linked(temporary, path) : renamed(temporary, path));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' || attempt >= placingAttemptsMax) throw error;
      }
      await this.madeFolderFor(key);
    }
  }

  /** Makes the folders of a key durably and answers the object's path. */
  private async madeFolderFor(key: string): Promise<string> {
    const root = await this.realRoot();
    const folder = dirname(join(root, key));
    const first = await mkdir(folder, { recursive: true });
    const path = await this.pathOf(key);
    if (path === undefined) throw new PackageStoreError('INVALID_KEY', `a folder of ${JSON.stringify(key)} is a symbolic link`);
    if (first !== undefined) {
      const parents: string[] = [];
      for (let made = folder; made.length >= first.length; made = dirname(made)) parents.push(dirname(made));
      await Promise.all(parents.map(syncFolder));
    }
    return path;
  }

  /** The object's path; undefined where its folder does not exist or leads elsewhere through a symbolic link. */
  private async pathOf(key: string): Promise<string | undefined> {
    const path = join(await this.realRoot(), key);
    const folder = dirname(path);
    return (await orAbsent(realpath(folder))) === folder ? path : undefined;
  }

  private async open(key: string): Promise<{ handle: FileHandle; size: number }> {
    assertSafeKey(key);
    return speaking(async () => {
      const path = await this.pathOf(key);
      const handle = path === undefined ? undefined : await orAbsent(open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
      if (handle === undefined) throw missing(key);
      const stats = await handle.stat();
      if (stats.isFile()) return { handle, size: stats.size };
      await handle.close();
      throw missing(key);
    });
  }

  /** Depth first, in key order: a folder sorts as its name with the slash that follows it. */
  private async *walk(root: string, folder: string, prefix: string): AsyncGenerator<StoredObject, void, undefined> {
    const children = (await speaking(() => orAbsent(readdir(join(root, folder), { withFileTypes: true })))) ?? [];
    const keyed = children.map((child) => ({ child, key: keyOf(folder, child), order: Buffer.from(keyOf(folder, child)) }));
    for (const { child, key } of keyed.sort((a, b) => Buffer.compare(a.order, b.order))) {
      if (child.isDirectory()) {
        if (key === `${incomingFolder}/`) continue;
        if (key.startsWith(prefix) || prefix.startsWith(key)) yield* this.walk(root, key, prefix);
      } else if (child.isFile() && key.startsWith(prefix) && isSafeKey(key)) {
        const stats: Stats | undefined = await speaking(() => orAbsent(lstat(join(root, key))));
        if (stats) yield { key, size: stats.size, modifiedAt: stats.mtime };
      }
    }
  }

  private async prune(from: string): Promise<void> {
    const root = await this.realRoot();
    for (let folder = from; folder.length > root.length; folder = dirname(folder)) {
      try {
        await rmdir(folder);
      } catch {
        return; // not empty, or somebody else was faster
      }
    }
  }
}

async function renamed(temporary: string, path: string): Promise<boolean> {
  await rename(temporary, path);
  await syncFolder(dirname(path));
  return true;
}

async function linked(temporary: string, path: string): Promise<boolean> {
  const created = await link(temporary, path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    },
  );
  if (!created && !(await lstat(path)).isFile()) throw new PackageStoreError('INVALID_KEY', 'a folder stands where the object belongs');
  if (created) await syncFolder(dirname(path));
  await unlink(temporary);
  return created;
}

const keyOf = (folder: string, child: Dirent): string => `${folder}${child.name}${child.isDirectory() ? '/' : ''}`;
const missing = (key: string): PackageStoreError => new PackageStoreError('NOT_FOUND', `no object ${JSON.stringify(key)}`);
