/** How a scan process ended, as a failure of the scan that it was at. */
import { type ScanFailure, type ScanFailureCode } from '../worker/scan-runner';

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what it wrote to its standard error. */
  readonly lastWords: string;
}

/**
 * SIGKILL that we did not send is the watchdog's or the kernel's: memory. V8 ends the process with an abort when its heap is
 * full; where it says so on the standard error, that is memory, too.
 */
export function failureOfEnd({ code, signal, lastWords }: ProcessEnd): ScanFailure {
  if (signal === 'SIGKILL') return { code: 'SCAN_OUT_OF_MEMORY', detail: 'the scan held more memory than it may' };
  const outOfMemory = /out of memory|allocation failed|invalid (?:array|string|table|map) size|invalid array length/i.test(lastWords);
  const said: ScanFailureCode = outOfMemory ? 'SCAN_OUT_OF_MEMORY' : 'SCAN_CRASHED';
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
  return { code: said, detail: outOfMemory ? 'the scan held more memory than it may' : `the process of the scan ended with ${how}` };
}
