/** Opens a package: by its stored index where there is one, else strictly from its bytes, and then by the budgets of the task. */
import { type Budgets } from '@tributary/facts';
import { packageLimits } from './budgets';
import { makeIndex } from './make-index';
import { judged, type OpenedPackage } from './opened-package';
import { decodeIndex, encodeIndex, type PackageIndex } from './package-index';
import { PackageReaderError } from './reader-error';
import { refusal } from './refusal';
import { type RandomAccess } from './source';

/** Where the index of one package and one format lies. */
export interface IndexStore {
  get(): Promise<Buffer | undefined>;
  putIfAbsent(bytes: Buffer): Promise<void>;
}

export interface OpenOptions {
  /** Of the package's bytes, hex; the caller answers for it. */
  readonly sha256: string;
  /** From the policy snapshot of the task, so that all workers use the same. */
  readonly budgets: Budgets;
  /** Absent: the index is made each time. */
  readonly index?: IndexStore;
  readonly signal?: AbortSignal;
}

/** Never throws for what the bytes are: that is a refusal. Rejects with a `PackageReaderError` for what cannot be reached. */
export async function openPackage(source: RandomAccess, options: OpenOptions): Promise<OpenedPackage> {
  const limits = packageLimits(options.budgets);
  if (source.size > limits.packageBytes) {
    return { kind: 'refused', refusal: refusal('PACKAGE_TOO_LARGE', undefined, `${source.size} > ${limits.packageBytes}`) };
  }
  return judged(source, await indexOf(source, options), limits, options.signal);
}

/** The stored index, or a new one that is stored for everybody else. */
export async function indexOf(source: RandomAccess, { sha256, index: store, signal }: Omit<OpenOptions, 'budgets'>): Promise<PackageIndex> {
  const bytes = await reaching(store?.get());
  const found = bytes && decodeIndex(bytes, sha256, source.size);
  if (found) return found;
  const made = await makeIndex(source, sha256, signal);
  await reaching(store?.putIfAbsent(encodeIndex(made)));
  return made;
}

async function reaching<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    throw new PackageReaderError('INDEX_STORE_FAILED', 'the stored index could not be reached', { cause: error });
  }
}
