/** Where packages, indexes and reports lie: one port, three adapters, and the sweep that clears away. */
export * from './package-store';
export { isSafeKey, keyOfUri, storeUri } from './store-key';
export { DirectoryPackageStore } from './directory.package-store';
export { InMemoryPackageStore } from './in-memory.package-store';
export { type S3PackageStoreConfig } from './s3.package-store';
export * from './sweep';
export { openStore, type StoreConfig } from './store-config';
