/** Files that a person names: found and readable, or a sentence that says why not. */
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { CommandFailure } from './failure';
import { type Invocation } from './invocation';

export interface LocalFile {
  /** As it was given. */
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Rejects with `CommandFailure`. */
export async function localFile(invocation: Invocation, name: string, expected?: 'zip'): Promise<LocalFile> {
  const path = invocation.pathOf(name);
  const found = await stat(path).catch((error: unknown) => {
    throw codeOf(error) === 'ENOENT' ? new CommandFailure('FILE_NOT_FOUND', 'fileMissing', { file: name }) : unreadable(name, error);
  });
  if (found.isDirectory()) throw new CommandFailure('FILE_IS_FOLDER', 'fileIsFolder', { file: name }, expected && { text: 'zipIt', values: { file: name } });
  if (found.size === 0) throw new CommandFailure('FILE_EMPTY', 'fileEmpty', { file: name });
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  return { name, path, size: found.size };
}

/** Its text, without a byte order mark. */
export async function localText(invocation: Invocation, name: string): Promise<string> {
  const { path } = await localFile(invocation, name);
  return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
}

export function unreadable(file: string, error: unknown): CommandFailure {
  return new CommandFailure('FILE_UNREADABLE', 'fileUnreadable', { file, why: codeOf(error) ?? String(error) });
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
