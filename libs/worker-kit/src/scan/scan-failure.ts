/** What an error says about why a scan could not run. */
import { PackageReaderError } from '@tributary/package-reader';
import { PackageStoreError } from '@tributary/package-store';
import { type Impossible, type ScanFailureCode } from '../worker/scan-runner';

export function impossible(code: ScanFailureCode, detail: string): Impossible {
  return { kind: 'impossible', failure: { code, detail } };
}

export function impossibleBecause(error: unknown): Impossible {
  return impossible(codeOf(error), error instanceof Error ? error.message : String(error));
}

/** Whether an error is about the surroundings, not about the file that was being read. */
export function isOfSurroundings(error: unknown): boolean {
  return error instanceof PackageStoreError || (error instanceof PackageReaderError && error.code !== 'ENTRY_TOO_LARGE');
}

function codeOf(error: unknown): ScanFailureCode {
  if (error instanceof PackageReaderError && error.cause instanceof PackageStoreError) return codeOf(error.cause);
  if (error instanceof PackageStoreError) return error.code === 'NOT_FOUND' || error.code === 'INVALID_KEY' ? 'PACKAGE_MISSING' : 'STORE_UNAVAILABLE';
  if (error instanceof PackageReaderError && (error.code === 'SOURCE_FAILED' || error.code === 'INDEX_STORE_FAILED')) return 'STORE_UNAVAILABLE';
  return 'SCAN_ERROR';
}
