/** The coordinator, for whoever launches or simulates it. */
export * from './config';
export * from './coordinator';
export * from './coordinator.service';
export * from './gate.memory';
export * from './in-memory.gate.memory';
export * from './ledger-signals';
export * from './launch';
