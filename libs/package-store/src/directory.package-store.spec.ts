/** The contract on a folder, and what only a folder can get wrong. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { aPackageStore } from '../testing/package-store.contract';
import { DirectoryPackageStore } from './directory.package-store';

const folders: string[] = [];
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary store 存储 '));
  folders.push(folder);
  return folder;
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

aPackageStore('a folder', async () => new DirectoryPackageStore(join(await temporaryFolder(), 'not made yet')));

describe('the folder of a store', () => {
  let root: string;
  let store: DirectoryPackageStore;
  beforeEach(async () => {
    root = await temporaryFolder();
    store = new DirectoryPackageStore(root);
  });
  const put = (key: string, text: string) => store.put(key, Readable.from([Buffer.from(text)]));

  it('holds an object as the file of its key, so that a worker in any language finds it', async () => {
    await put('packages/1/a.zip', 'bytes');
    expect(await readFile(join(root, 'packages/1/a.zip'), 'utf8')).toBe('bytes');
  });

  it('may itself be reached through a symbolic link', async () => {
    const link = join(await temporaryFolder(), 'link');
    await symlink(root, link);
    await new DirectoryPackageStore(link).put('a', Readable.from([Buffer.from('x')]));
    expect(await readFile(join(root, 'a'), 'utf8')).toBe('x');
  });

  it('[I18] never follows a symbolic link below it', async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'secret'), 'secret');
    await symlink(outside, join(root, 'folder'));
    await symlink(join(outside, 'secret'), join(root, 'file'));
    await expect(store.read('file')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.read('folder/secret')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await store.head('file')).toBeUndefined();
    expect(await store.head('folder/secret')).toBeUndefined();
    await expect(put('folder/new', 'x')).rejects.toMatchObject({ code: 'INVALID_KEY' });
    await store.delete('folder/secret');
    await put('file', 'replaces the link');
    const keys: string[] = [];
    for await (const { key } of store.list('')) keys.push(key);
    expect(keys).toEqual(['file']);
    expect(await readdir(outside)).toEqual(['secret']);
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
  });

  it('refuses an object below another, and one where a folder is', async () => {
    await put('a/b', 'x');
    await expect(put('a/b/c', 'y')).rejects.toMatchObject({ code: 'INVALID_KEY' });
    await expect(put('a', 'y')).rejects.toMatchObject({ code: 'INVALID_KEY' });
    await expect(store.put('a', Readable.from([Buffer.from('y')]), { ifAbsent: true })).rejects.toMatchObject({ code: 'INVALID_KEY' });
    expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(0);
  });

  it('removes the leftovers of a process that died, but not of one that writes now', async () => {
    await put('a', 'x');
    const incoming = join(root, '.incoming');
    for (const name of ['old', 'young']) await writeFile(join(incoming, name), 'half');
    await utimes(join(incoming, 'old'), new Date('2026-01-01'), new Date('2026-01-01'));
    expect(await store.removeLeftovers(new Date('2026-01-02'))).toBe(1);
    expect(await readdir(incoming)).toEqual(['young']);
  });

  it('leaves no empty folders, and is not disturbed by puts beside its deletes', async () => {
    await put('t/1/a', 'x');
    await store.delete('t/1/a');
    expect((await readdir(root)).filter((name) => name !== '.incoming')).toEqual([]);
    const rounds = Array.from({ length: 40 }, async (_, index) => {
      await put(`t/${index % 2}/${index}`, 'x');
      await store.delete(`t/${index % 2}/${index}`);
    });
    await Promise.all(rounds);
    expect((await readdir(root)).filter((name) => name !== '.incoming')).toEqual([]);
  });

  it('is not ready where it cannot write', async () => {
    await mkdir(join(root, 'x'));
    await writeFile(join(root, 'x', 'file'), '');
    await expect(new DirectoryPackageStore(join(root, 'x', 'file')).probe()).rejects.toMatchObject({ code: expect.stringMatching(/UNAVAILABLE|INVALID_KEY/) });
  });
});
