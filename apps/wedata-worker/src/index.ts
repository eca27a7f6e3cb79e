/** The wedata worker, for whoever launches it. */
export * from './config';
export * from './launch';
export * from './wedata.worker-summary';
