/** What a process gives the services inside it. */
export * from './config';
export * from './platform';
export * from './run-process';
export * from './main-of';
export * from './version';
