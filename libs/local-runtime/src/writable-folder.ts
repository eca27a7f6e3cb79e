/** A folder that a setting names: made where it is not there, and ours to write into. */
import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { currentUserName } from './config';
import { LocalRuntimeError, messageOf, systemCode } from './local-runtime-error';

/** @throws LocalRuntimeError READ_ONLY_FOLDER, which names the setting */
export async function makeWritableFolder(setting: string, folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    // The dot finds out a file that is in the way.
    await access(`${folder}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw readOnlyFolder(setting, folder, error);
  }
}

export function readOnlyFolder(setting: string, folder: string, error: unknown): LocalRuntimeError {
  return new LocalRuntimeError('READ_ONLY_FOLDER', `cannot write to ${folder}: ${messageOf(error)}`, {
    en: `Let ${currentUserName()} write to ${folder}, or name another folder with ${setting}.`,
    zh: `请允许 ${currentUserName()} 写入 ${folder}，或用 ${setting} 指定其他文件夹。`,
  });
}

/** Node's own `recursive` tries for ever where the parent is there and says that it is not, as in /proc. */
export async function makeFolder(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Somebody else was quicker.
    if (systemCode(error) !== 'EEXIST') throw error;
  });
}
