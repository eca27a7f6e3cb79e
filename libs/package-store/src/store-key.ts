/** Which keys a store accepts, and how a fact names an object: `store:<key>`. */
import { PackageStoreError } from './package-store';

/** S3's own limit for a whole key, and the usual file system's for one segment. In UTF-8 bytes. */
const keyBytesMax = 1_024;
const segmentBytesMax = 255;

/** The first segment under which the directory adapter writes what is not complete yet. */
export const incomingFolder = '.incoming';

const scheme = 'store:';
// eslint-disable-next-line no-control-regex -- control characters are what this pattern is for
const forbidden = /[\u0000-\u001f\u007f-\u009f\\]/;

/** Relative, `/` between non-empty segments, none of them `.` or `..`; no backslash, no control character, bounded. */
export function isSafeKey(key: string): boolean {
  if (key.length === 0 || !key.isWellFormed() || forbidden.test(key) || Buffer.byteLength(key) > keyBytesMax) return false;
  const segments = key.split('/');
  return segments[0] !== incomingFolder && segments.every(isSafeSegment);
}

function isSafeSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && Buffer.byteLength(segment) <= segmentBytesMax;
}

/** Throws `INVALID_KEY`. */
export function assertSafeKey(key: string): void {
  if (!isSafeKey(key)) throw new PackageStoreError('INVALID_KEY', `not a key of this store: ${JSON.stringify(key.slice(0, 200))}`);
}

/** Throws `INVALID_KEY` unless both ends are whole numbers, 0 <= start <= end. */
export function assertRange(start: number, end: number): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end) return;
  throw new PackageStoreError('INVALID_KEY', `not a range of bytes: ${start} to ${end}`);
}

/** Throws `INVALID_KEY`: a URI is only made for an object that can exist. */
export function storeUri(key: string): `store:${string}` {
  assertSafeKey(key);
  return `${scheme}${key}`;
}

/** The key that a URI names, or undefined where it names none that is safe to follow. */
export function keyOfUri(uri: string): string | undefined {
  if (!uri.startsWith(scheme)) return undefined;
  const key = uri.slice(scheme.length);
  return isSafeKey(key) ? key : undefined;
}
