/** Opens the package of a task: its bytes are the ones that the context names, its index is made once and kept beside it. */
import { createHash } from 'node:crypto';
import { accessToBytes, manifestFormat, openPackage, type IndexStore, type OpenedPackage } from '@tributary/package-reader';
import { keyOfUri, type PackageStore, PackageStoreError } from '@tributary/package-store';
import { type Impossible, type ScanJob } from '../worker/scan-runner';
import { PackageShelf, shelvedBytesMax, type ShelvedPackage } from './package-shelf';
import { impossible, impossibleBecause } from './scan-failure';

/**
 * Whoever makes the index of a package up to this size reads it whole and compares its hash; from then on the index vouches
 * for it. A larger one is not read whole: its size, its directory and the checksum of every entry that is read must do.
 */
const hashedBytesMax = 256 * 1024 * 1024;

/** Never rejects. `shelf`: what this process has read a moment ago. */
export async function openTaskPackage(store: PackageStore, job: ScanJob, shelf = new PackageShelf()): Promise<OpenedPackage | Impossible> {
  const { context, taskId, budgets } = job;
  // The founding text's facts name a bare path.
  const key = keyOfUri(context.filePath) ?? context.filePath.replace(/^\/+/, '');
  const named = context.sha256;
  const name = named === undefined ? undefined : `${key} ${named} ${context.size ?? ''}`;
  try {
    const shelved = name === undefined ? undefined : shelf.find(name);
    if (shelved && named !== undefined) return await openShelved(store, shelved, named, job);
    const head = await store.head(key);
    if (!head) return impossible('PACKAGE_MISSING', `there is nothing at ${context.filePath}`);
    if (context.size !== undefined && head.size !== context.size) return impossible('PACKAGE_CHANGED', `${head.size} bytes instead of ${context.size}`);
    if (named !== undefined && name !== undefined && head.size <= shelvedBytesMax) {
      const bytes = await store.readBytes(key, 0, head.size);
      if (createHash('sha256').update(bytes).digest('hex') !== named) return changed();
      return await openShelved(store, shelf.keep(name, bytes), named, job);
    }
    const indexed = named !== undefined && (await store.head(indexKey(taskId, named))) !== undefined;
    const sha256 = indexed || (named !== undefined && head.size > hashedBytesMax) ? named : await hashOf(store, key);
    if (named !== undefined && sha256 !== named) return changed();
    const source = { size: head.size, read: (start: number, length: number) => store.readBytes(key, start, length) };
    return await openPackage(source, { sha256, budgets, index: indexStore(store, indexKey(taskId, sha256)) });
  } catch (error) {
    return impossibleBecause(error);
  }
}

function changed(): Impossible {
  return impossible('PACKAGE_CHANGED', 'the bytes have another sha256 than the task says');
}

/** The index is read, or made and stored, by the first who opens it here. */
async function openShelved(store: PackageStore, shelved: ShelvedPackage, sha256: string, { taskId, budgets }: ScanJob): Promise<OpenedPackage> {
  const stored = indexStore(store, indexKey(taskId, sha256));
  const index: IndexStore = {
    get: async () => (shelved.index ??= await stored.get()),
    putIfAbsent: async (bytes) => {
      await stored.putIfAbsent(bytes);
      shelved.index = bytes;
    },
  };
  return await openPackage(accessToBytes(shelved.bytes), { sha256, budgets, index });
}

/** Where reports of a task lie: a key that ends with a slash. */
export function reportFolder({ taskId, context }: ScanJob): string {
  const prefix = context.reportPrefix?.replace(/\/$/, '');
  const key = prefix === undefined ? undefined : keyOfUri(prefix);
  return `${key ?? `tasks/${taskId}/reports`}/`;
}

function indexKey(taskId: string, sha256: string): string {
  return `tasks/${taskId}/index-${sha256}-v${manifestFormat}.json`;
}

function indexStore(store: PackageStore, key: string): IndexStore {
  return {
    get: async () => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of await store.read(key)) chunks.push(chunk as Buffer);
        return Buffer.concat(chunks);
      } catch (error) {
        if (error instanceof PackageStoreError && error.code === 'NOT_FOUND') return undefined;
        throw error;
      }
    },
    putIfAbsent: async (bytes) => {
      await store.put(key, oneChunk(bytes), { ifAbsent: true });
    },
  };
}

async function hashOf(store: PackageStore, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await store.read(key)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield bytes;
}
