/** The excel worker, for whoever launches it. */
export * from './config';
export * from './launch';
export * from './excel.worker-summary';
