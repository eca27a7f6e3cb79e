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

it('names the setting where there can be none', async () => {
  const reason = await makeWritableFolder('TRIBUTARY_STORE_FOLDER', '/dev/null/x').catch(String);
  expect(reason).toMatch(/TRIBUTARY_STORE_FOLDER=\/dev\/null\/x: ENOTDIR/);
});

it('gives up where nothing can be made, and where a file is in the way', async () => {
  const reasons = [];
  for (const folder of ['/proc/tributary/x', '/etc/hostname']) reasons.push(await makeWritableFolder('TRIBUTARY_STORE_FOLDER', folder).catch(String));
  expect(reasons).toEqual([expect.stringContaining('/proc/tributary/x: ENOENT'), expect.stringContaining('/etc/hostname: ENOTDIR')]);
});
