/** Product and version as the name of a package tells them. Pure. */

export interface NamedPackage {
  /** Absent where the name tells none; always one that the API takes. */
  readonly product?: string;
  readonly version?: string;
}

/** As the API takes them. */
const productPattern = /^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9\p{Script=Han}._-]{0,99}$/u;
const versionPattern = /^\P{C}{1,100}$/u;

/** A number with dots, perhaps with a v before it and a word behind it: `2.3.1`, `v2.3`, `1.0.0-rc.1`, `20250101`, `2.0-SNAPSHOT`. */
const versionAtEnd =
  /(?:^|[\s._-]|(?<=\p{Script=Han})|(?<=\))|(?<=）))[（(]?(?:v|ver|version|版本|版)?[\s._-]?(?<version>\d+(?:\.\d+)*(?:[-.+_]?(?:snapshot|release|final|alpha|beta|hotfix|patch|build|rc|sp|b|p)[-._]?\d*)?)[)）]?$/iu;
/** What browsers and people add: `x (1).zip`, `x - copy.zip`, `x - 副本.zip`. */
const copyMark = /\s*(?:\(\d{1,2}\)|（\d{1,2}）|-\s*(?:copy|副本)(?:\s*\(\d+\))?)$/iu;

export function readPackageName(fileName: string): NamedPackage {
  const stem = fileName
    .normalize('NFC')
    .replace(/\.zip$/i, '')
    .replace(copyMark, '')
    .trim();
  const found = versionAtEnd.exec(stem);
  const version = found?.groups?.['version'];
  const product = productIn(found ? stem.slice(0, found.index) : stem);
  return { ...(product !== undefined && { product }), ...(version !== undefined && isVersion(version) && { version }) };
}

export const isProduct = (text: string): boolean => productPattern.test(text);
export const isVersion = (text: string): boolean => versionPattern.test(text);

/** Signs that a product must not have become hyphens. */
function productIn(text: string): string | undefined {
  const clean = text
    .replaceAll(/[^A-Za-z0-9\p{Script=Han}._-]+/gu, '-')
    .replaceAll(/^[._-]+|[._-]+$/g, '')
    .slice(0, 100);
  return isProduct(clean) ? clean : undefined;
}
