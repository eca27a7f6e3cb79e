/** Compiles a scan process, so that tests run the real thing in real processes. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Answers the path of the bundle. `name` tells the bundles of parallel test files apart. */
export async function bundleScanProcess(name: string, entry: string): Promise<string> {
  const folder = resolve(__dirname, '../../../../dist/test-scan-processes', name);
  await promisify(execFile)(process.execPath, [join(__dirname, 'compile-scan-process.mjs'), entry, folder]);
  return join(folder, 'scan-process.js');
}
