/** What a laptop needs to run Tributary without installing anything. */
export { cacheFolder } from './config';
export * from './free-port';
export * from './local-runtime-error';
export { type KafkaNode } from './kafka/kafka-node';
export { resolveJars } from './kafka/jars';
export { localKafkaMissing } from './kafka/local-kafka-missing';
export { prepareLocalKafka, startLocalKafka, type LocalKafka, type LocalKafkaOptions } from './kafka/local-kafka';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres/embedded-postgres';
export { embeddedSettings, type PostgresSettings } from './postgres/settings';
export * from './process-identity';
export * from './processes/process-spec';
export * from './processes/process-table';
export { superviseProcesses, type Supervisor, type SupervisorOptions } from './processes/supervisor';
export { processView, type ProcessView, type Terminal } from './processes/terminal-view';
export { makeWritableFolder } from './writable-folder';
