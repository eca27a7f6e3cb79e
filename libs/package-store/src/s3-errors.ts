/** S3's errors in the store's words. */
import { PackageStoreError } from './package-store';

/** Also while another writer is between the beginning and the end of the same conditional write. */
export function isPrecondition(error: unknown): boolean {
  return ['PreconditionFailed', 'ConditionalRequestConflict'].includes(nameOf(error)) || [409, 412].includes(statusOf(error));
}

export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Undefined where a range begins at or past the end of the object. */
export async function orPastTheEnd<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (nameOf(error) === 'InvalidRange' || statusOf(error) === 416) return undefined;
    throw error;
  }
}

export async function speaking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PackageStoreError) throw error;
    const code = isAbsent(error) ? 'NOT_FOUND' : 'UNAVAILABLE';
    throw new PackageStoreError(code, `${nameOf(error)}: ${textOf(error, 'message')}`, { cause: error });
  }
}

/** Not `NoSuchBucket`: somebody has to make the bucket, so that is `UNAVAILABLE`. */
function isAbsent(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound', 'NoSuchUpload'].includes(nameOf(error));
}

/** Asked by shape: an error may come from another realm, where `instanceof` says no. */
const textOf = (error: unknown, field: 'name' | 'message'): string =>
  typeof error === 'object' && error !== null && field in error ? String((error as Record<string, unknown>)[field]) : String(error);
const nameOf = (error: unknown): string => textOf(error, 'name');

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 0;
  const metadata = error.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? Number(metadata.httpStatusCode) : 0;
}
