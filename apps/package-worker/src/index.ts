/** The package worker, for whoever launches it. */
export * from './config';
export * from './launch';
export * from './package.worker-summary';
