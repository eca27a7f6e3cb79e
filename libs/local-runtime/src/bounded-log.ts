/** Keeps a log that somebody else writes within bounds (the file and one older one), and reads its end. */
import { copyFile, open, stat, truncate } from 'node:fs/promises';

export const logBytesMax = 8 * 1024 * 1024;

/** The server appends, so its file can be emptied under it; what was written between copy and truncation is lost. True when it was too long. */
export async function boundLog(file: string, bytesMax = logBytesMax): Promise<boolean> {
  if ((await sizeOf(file)) <= bytesMax) return false;
  await copyFile(file, `${file}.1`);
  await truncate(file, 0);
  return true;
}

export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** What was written behind `offset`, at most `bytesMax` bytes from its end. */
export async function readFrom(file: string, offset: number, bytesMax = 16_384): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(offset, size - bytesMax);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Looks every half minute; the returned function ends it. */
export function keepBounded(file: string): () => void {
  const timer = setInterval(() => {
    void boundLog(file).catch(() => undefined);
  }, 30_000);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** The last lines that say something, for an error message. */
export function lastLines(text: string, linesMax = 8): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-linesMax).join('\n');
}
