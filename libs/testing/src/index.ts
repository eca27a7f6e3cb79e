/** Real services for tests. */
export { freePort } from '@tributary/local-runtime';
export * from './container-engine';
export * from './service-source';
export * from './test-kafka';
export * from './test-postgres';
export * from './where-kafka-runs';
