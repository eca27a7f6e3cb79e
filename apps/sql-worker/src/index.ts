/** The sql worker, for whoever launches it. */
export * from './config';
export * from './launch';
export * from './sql.worker-summary';
