/** How facts travel. */
export * from './port';
export * from './clock';
export * from './retry';
export * from './options';
export * from './encode';
export * from './decode';
export * from './dead-letter';
export * from './group-store';
export * from './runner-options';
export * from './shard-runner';
export * from './postgres/bus-database';
export * from './postgres/bus-schema.migration';
export * from './postgres/postgres.fact-bus';
export * from './in-memory/in-memory.log';
export * from './in-memory/in-memory.fact-bus';
