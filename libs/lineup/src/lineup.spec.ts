import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { workers } from './index';

const apps = resolve(__dirname, '../../../apps');

it('[Z-017] has every worker of the repository once, with a service and a scan process of its own', () => {
  const folders = readdirSync(apps).filter((name) => name.endsWith('-worker'));
  expect(workers.map(({ service }) => service).sort()).toEqual(folders.sort());
  for (const { service } of workers) for (const entry of ['main.ts', 'scan-process.ts']) expect(existsSync(join(apps, service, 'src', entry))).toBe(true);
});

it('no two say the same of themselves, and each defines what it sums up', async () => {
  expect(new Set(workers.map(({ summary }) => summary.subTaskType)).size).toBe(workers.length);
  for (const { summary, definition } of workers) {
    const { subTaskType, version } = await definition();
    expect({ subTaskType, version }).toEqual({ subTaskType: summary.subTaskType, version: summary.version });
  }
});

it('[Z-001] a worker does without anything published: its configuration has a default for everything', () => {
  for (const { summary } of workers) expect(summary.configSchema.safeParse({}).success).toBe(true);
});
