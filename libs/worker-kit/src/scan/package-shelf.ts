/**
 * The small packages that this process had in hand a moment ago. Several workers look at every package one after the other, and read
 * it here and there; a small one is cheaper to read once. What lies here was compared with the hash that its task names.
 */

/** The largest package that is read whole. */
export const shelvedBytesMax = 2 * 1024 * 1024;
const totalBytesMax = 8 * 1024 * 1024;
const packagesMax = 16;
const keptMs = 10_000;

export interface ShelvedPackage {
  readonly bytes: Buffer;
  /** As it is stored beside the package, once it is known. */
  index: Buffer | undefined;
}

export class PackageShelf {
  readonly #packages = new Map<string, ShelvedPackage>();
  #bytes = 0;

  /** `name` stands for its place and its hash. */
  find(name: string): ShelvedPackage | undefined {
    return this.#packages.get(name);
  }

  keep(name: string, bytes: Buffer): ShelvedPackage {
    const shelved: ShelvedPackage = { bytes, index: undefined };
    this.#drop(name);
    if (this.#packages.size === 0) this.#clearLater();
    this.#packages.set(name, shelved);
    this.#bytes += bytes.length;
    for (const oldest of this.#packages.keys()) {
      if (this.#bytes <= totalBytesMax && this.#packages.size <= packagesMax) break;
      if (oldest !== name) this.#drop(oldest);
    }
    return shelved;
  }

  /** An idle process holds nothing. */
  #clearLater(): void {
    setTimeout(() => {
      this.#packages.clear();
      this.#bytes = 0;
    }, keptMs).unref();
  }

  #drop(name: string): void {
    this.#bytes -= this.#packages.get(name)?.bytes.length ?? 0;
    this.#packages.delete(name);
  }
}
