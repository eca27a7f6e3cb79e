/** How a service keeps what it remembers. */
export * from './transaction';
export * from './in-memory.database';
export * from './postgres.database';
export * from './transient';
