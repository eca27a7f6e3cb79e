/** Traces of one service. */
export * from './telemetry';
export * from './trace-context';
