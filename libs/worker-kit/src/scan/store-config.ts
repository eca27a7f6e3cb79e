/** The package store as data, so that a scan process can open it for itself. */
import { DirectoryPackageStore, type PackageStore, S3PackageStore, type S3PackageStoreConfig } from '@tributary/package-store';

export type StoreConfig = { readonly kind: 'directory'; readonly root: string } | ({ readonly kind: 's3' } & S3PackageStoreConfig);

export function openStore(config: StoreConfig): PackageStore {
  if (config.kind === 'directory') return new DirectoryPackageStore(config.root);
  const { kind: _kind, ...bucket } = config;
  return new S3PackageStore(bucket);
}
