import { InMemoryPackageStore } from '@tributary/package-store';
import { silentLog } from '@tributary/service-kit';
import { housekeeping } from './housekeeping';

const day = 86_400_000;
const begin = Date.parse('2026-01-01T00:00:00Z');
async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('PK');
}

it('[M-007] removes old bytes that no upload stands for, and leaves alone what is known or young', async () => {
  let now = begin;
  const store = new InMemoryPackageStore(() => new Date(now));
  for (const task of ['known', 'orphan']) await store.put(`tasks/${task}/package.zip`, bytes());
  now += 2 * day;
  await store.put('tasks/young/package.zip', bytes());
  const timers: (() => void)[] = [];
  const clock = {
    now: () => now,
    monotonic: () => now,
    after: (_: number, run: () => void) => {
      timers.push(run);
      return () => undefined;
    },
  };
  const forgotten: number[] = [];
  const uploads = {
    forgetKeys: async (before: number) => void forgotten.push(before),
    find: async (_: string, taskId: string) => (taskId === 'known' ? ({ taskId } as never) : undefined),
  };
  const stop = housekeeping({ clock, log: silentLog }, { uploads, store });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const kept: string[] = [];
  for await (const { key } of store.list('tasks/')) kept.push(key);
  expect(kept.sort()).toEqual(['tasks/known/package.zip', 'tasks/young/package.zip']);
  expect(forgotten).toHaveLength(1);
  timers[0]!();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(forgotten).toHaveLength(2);
  stop();
});

it('[M-007] removes packages past their days, and keeps what was found in them', async () => {
  let now = begin;
  const store = new InMemoryPackageStore(() => new Date(now));
  for (const file of ['package.zip', 'reports/SQL/1-1.ndjson']) await store.put(`tasks/old/${file}`, bytes());
  now += 31 * day;
  await store.put('tasks/new/package.zip', bytes());
  const clock = { now: () => now, monotonic: () => now, after: () => () => undefined };
  const uploads = { forgetKeys: async () => undefined, find: async (_: string, taskId: string) => ({ taskId }) as never };
  const stop = housekeeping({ clock, log: silentLog }, { uploads, store, packageDays: 30 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const kept: string[] = [];
  for await (const { key } of store.list('tasks/')) kept.push(key);
  expect(kept.sort()).toEqual(['tasks/new/package.zip', 'tasks/old/reports/SQL/1-1.ndjson']);
  stop();
});
