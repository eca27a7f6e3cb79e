/** `tributary gate report` */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Unreachable } from '@tributary/api-client';
import { CommandFailure } from '../failure';
import { type Invocation } from '../invocation';
import { unreadable } from '../local-file';
import { bytesText } from '../quantities';
import { plain } from '../style';
import { findTask } from './find-task';

export async function downloadReport(invocation: Invocation): Promise<number> {
  const client = invocation.client();
  const { signal } = invocation;
  const { taskId } = await findTask(client, invocation, invocation.argument(0));
  const report = await client.report(taskId, invocation.option('format') ?? 'html', { signal });
  const body = Readable.fromWeb(report.stream);
  const output = invocation.option('output');
  if (output === '-') {
    for await (const chunk of body as AsyncIterable<Uint8Array>) invocation.world.stdout.write(chunk);
    return 0;
  }
  // The server names the file; where it lies is ours to say.
  const file = output ?? basename(plain(report.fileName));
  await keep(body, invocation, file);
  const { size } = await stat(invocation.pathOf(file));
  if (invocation.json) invocation.printJson({ file, bytes: size, mediaType: report.mediaType });
  else if (invocation.quiet) invocation.print(file);
  else invocation.print(invocation.text('fileWritten', { file, size: bytesText(size) }));
  return 0;
}

/** All of it under its name, or nothing. */
async function keep(body: Readable, invocation: Invocation, file: string): Promise<void> {
  const path = invocation.pathOf(file);
  if (existsSync(path) && !invocation.switch('force')) {
    body.destroy();
    throw new CommandFailure('FILE_EXISTS', 'fileExists', { file }, { text: 'forceIt' });
  }
  const partial = `${path}.part-${invocation.world.newId().slice(0, 8)}`;
  try {
    await pipeline(body, createWriteStream(partial), { signal: invocation.signal });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    invocation.signal.throwIfAborted();
    const { code = '' } = error as NodeJS.ErrnoException;
    if (/^(ENO|EACCES|EROFS|EISDIR|EPERM)/.test(code)) throw unreadable(file, error);
    // What is left is the other end of the pipe.
    throw new Unreachable(invocation.url, error);
  }
}
