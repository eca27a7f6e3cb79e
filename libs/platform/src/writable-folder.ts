/** A folder that a setting names: made where it is not there, and ours to write into. */
import { ConfigurationError } from '@tributary/service-kit';
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';

/** Rejects with a `ConfigurationError` that names the setting. */
export async function makeWritableFolder(setting: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigurationError([`${setting}=${folder}: ${String((error as { message?: unknown }).message ?? error)}`]);
  }
}
