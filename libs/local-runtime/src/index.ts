/** What a laptop needs to run Tributary without installing anything. */
export * from './free-port';
export * from './local-runtime-error';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres/embedded-postgres';
export { embeddedSettings, type PostgresSettings } from './postgres/settings';
export * from './process-identity';
