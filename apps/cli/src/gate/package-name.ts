/** Product and version from the name of a file: `retail-2.3.1.zip`. Pure. */

export interface NamedPackage {
  readonly product: string;
  readonly version: string;
}

/** As the gate takes them. */
const product = /^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9\p{Script=Han}._-]{0,99}$/u;

/** The version begins with the last hyphen or underscore that a digit, or a `v` and a digit, follows. */
export function namedIn(fileName: string): NamedPackage | undefined {
  const base = (fileName.split(/[/\\]/).at(-1) ?? '').replace(/\.zip$/i, '');
  const found = /^(?<name>.+?)[-_]v?(?<version>\d+(?:\.\d+)+(?:[-+.][A-Za-z0-9.+-]+)?|\d+)$/u.exec(base)?.groups;
  const name = found?.['name'];
  const version = found?.['version'];
  return name !== undefined && version !== undefined && product.test(name) && version.length <= 100 ? { product: name, version } : undefined;
}
