/** The gateway's own record of a task. */
import { asProblem } from '../availability';
import { type Upload, type UploadMemory } from '../upload/upload.memory';
import { noSuchTask } from './task-id';

/** Rejects with a `Problem` (503) while the database is away. */
export async function findUpload(uploads: Pick<UploadMemory, 'find'>, taskId: string): Promise<Upload | undefined> {
  try {
    return await uploads.find('default', taskId);
  } catch (error) {
    throw asProblem(error);
  }
}

/** Rejects with a `Problem` (404) when nobody uploaded it. */
export async function knownUpload(uploads: Pick<UploadMemory, 'find'>, taskId: string): Promise<Upload> {
  const upload = await findUpload(uploads, taskId);
  if (upload) return upload;
  throw noSuchTask(taskId);
}
