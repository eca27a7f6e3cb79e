/** The contract in memory, so that a simulation may trust it. */
import { aPackageStore } from '../testing/package-store.contract';
import { InMemoryPackageStore } from './in-memory.package-store';

aPackageStore('memory', () => Promise.resolve(new InMemoryPackageStore(() => new Date())));
