/** What a worker is made of. */
export * from './scanning';
export * from './runs/run';
export * from './runs/run.memory';
export * from './runs/in-memory.run.memory';
export * from './runs/postgres.run.memory';
export * from './runs/run-schema.migration';
export * from './worker/scripted.scan-runner';
export * from './worker/worker';
export * from './pool/pooled.scan-runner';
export * from './pool/scan-pool';
export * from './service/start-worker';
export * from './service/worker-settings';
export * from './service/launch-worker';
