/** The name of an uploaded file: for people to read, never a path. Pure. */

const lengthMax = 255;
export const defaultFileName = 'package.zip';

/** The last segment, without what cannot be printed, at most 255 characters (its ending survives). */
export function cleanFileName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const printable = last.replaceAll(/\p{C}/gu, '').trim();
  if (printable === '' || printable === '.' || printable === '..') return defaultFileName;
  return printable.length <= lengthMax ? printable : `${printable.slice(0, lengthMax - 20)}${printable.slice(-20)}`.toWellFormed();
}

/** RFC 6266: `filename*` (RFC 8187, UTF-8) wins over `filename`. */
export function fileNameOf(contentDisposition: string | undefined): string {
  const header = contentDisposition ?? '';
  const extended = /(?:^|;)\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  return cleanFileName(decoded(extended) ?? plain(header));
}

function decoded(extended: string | undefined): string | undefined {
  try {
    return extended === undefined ? undefined : decodeURIComponent(extended);
  } catch {
    // Not UTF-8: the plain name is what is left.
    return undefined;
  }
}

function plain(header: string): string | undefined {
  const [, quoted, token] = /(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? [];
  const text = quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  // Node reads header bytes as Latin-1; browsers send UTF-8.
  return text === undefined ? undefined : Buffer.from(text, 'latin1').toString('utf8');
}
