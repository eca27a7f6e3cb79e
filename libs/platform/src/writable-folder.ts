/** A folder that a setting names: made where it is not there, and ours to write into. */
import { ConfigurationError } from '@tributary/service-kit';
import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Rejects with a `ConfigurationError` that names the setting. */
export async function makeWritableFolder(setting: string, folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    // The dot finds out a file that is in the way.
    await access(`${folder}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigurationError([`${setting}=${folder}: ${String((error as { message?: unknown }).message ?? error)}`]);
  }
}

/** Node's own `recursive` tries for ever where the parent is there and says that it is not, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Somebody else was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}
