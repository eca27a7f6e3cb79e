/** A package store as data, so that it can be handed to another process, which opens it for itself. */
import { DirectoryPackageStore } from './directory.package-store';
import { DeferredPackageStore } from './deferred.package-store';
import { type PackageStore } from './package-store';
import { type S3PackageStoreConfig } from './s3.package-store';

export type StoreConfig = { readonly kind: 'directory'; readonly root: string } | ({ readonly kind: 's3' } & S3PackageStoreConfig);

export function openStore(config: StoreConfig): PackageStore {
  if (config.kind === 'directory') return new DirectoryPackageStore(config.root);
  const { kind: _kind, ...bucket } = config;
  return new DeferredPackageStore(async () => new (await import('./s3.package-store')).S3PackageStore(bucket));
}
