/** The contract through a deferred store, and when it opens. */
import { aPackageStore } from '../testing/package-store.contract';
import { DeferredPackageStore } from './deferred.package-store';
import { InMemoryPackageStore } from './in-memory.package-store';

aPackageStore('a deferred store', () => Promise.resolve(new DeferredPackageStore(() => Promise.resolve(new InMemoryPackageStore(() => new Date())))));

it('opens at its first use, and once', async () => {
  let opened = 0;
  const store = new DeferredPackageStore(() => {
    opened++;
    return Promise.resolve(new InMemoryPackageStore(() => new Date(0)));
  });
  expect(opened).toBe(0);
  await Promise.all([store.head('a'), store.head('b')]);
  await store.probe();
  expect(opened).toBe(1);
});
