import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWritableFolder } from './writable-folder';

it('makes a folder, and leaves one that is there', async () => {
  const root = await mkdtemp(join(tmpdir(), 'tributary-folder-'));
  const folder = join(root, 'a', 'b');
  for (let times = 0; times < 2; times++) await makeWritableFolder('TRIBUTARY_STORE_FOLDER', folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
  await rm(root, { recursive: true });
});

it.each([
  ['/dev/null/x', 'ENOTDIR'],
  ['/proc/tributary/x', 'ENOENT'],
  ['/etc/hostname', 'ENOTDIR'],
])('says of %s that nothing can be written there, and which setting names another folder', async (folder, why) => {
  await expect(makeWritableFolder('TRIBUTARY_STORE_FOLDER', folder)).rejects.toMatchObject({
    code: 'READ_ONLY_FOLDER',
    message: expect.stringContaining(`cannot write to ${folder}: ${why}`),
    hint: { en: expect.stringContaining('TRIBUTARY_STORE_FOLDER'), zh: expect.stringContaining('TRIBUTARY_STORE_FOLDER') },
  });
});
