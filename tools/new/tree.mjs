/** The repository as generators see it: they read it, and say which files are to be as what; nothing is written before all is said. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './names.mjs';

export class Tree {
  #changes = new Map();

  constructor(root) {
    this.root = root;
  }

  has(path) {
    return this.#changes.has(path) || existsSync(join(this.root, path));
  }

  read(path) {
    return this.#changes.get(path) ?? readFileSync(join(this.root, path), 'utf8');
  }

  /** Names in a folder. */
  names(folder) {
    return readdirSync(join(this.root, folder));
  }

  /** Paths of all files below a folder, from there. */
  below(folder) {
    return readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(join(this.root, folder).length + 1)
          .replaceAll('\\', '/'),
      );
  }

  create(path, text) {
    if (this.has(path)) throw new Refusal(`${path} exists already: take another name.`, `${path} 已存在，请换一个名称。`);
    this.#changes.set(path, text);
  }

  /** Refuses when the place is gone: somebody has changed the file since this generator was written. */
  insertBefore(path, place, text) {
    const before = this.read(path);
    const at = before.indexOf(place);
    if (at < 0) throw olderThan(path, JSON.stringify(place.trim()));
    this.#changes.set(path, before.slice(0, at) + text + before.slice(at));
  }

  /** Puts a line among the lines that match, in their order. */
  insertSorted(path, pattern, line, keyOf = (text) => text) {
    const lines = this.read(path).split('\n');
    const among = lines.flatMap((text, index) => (pattern.test(text) ? [index] : []));
    if (among.length === 0) throw olderThan(path, String(pattern));
    const after = among.find((index) => keyOf(lines[index]) > keyOf(line)) ?? among.at(-1) + 1;
    lines.splice(after, 0, line);
    this.#changes.set(path, lines.join('\n'));
  }

  /** Answers the paths that were written. */
  write() {
    for (const [path, text] of this.#changes) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
    return [...this.#changes.keys()];
  }
}

function olderThan(path, wanted) {
  return new Refusal(`${path} has no line ${wanted} any more: this generator is older than the file.`, `${path} 中已没有 ${wanted} 这一行：生成器比该文件旧。`);
}
