/** What definitions of workers and their scan processes need: nothing of a service's surroundings, so that a process starts quickly. */
export * from './definition/judge';
export * from './definition/kit-findings';
export * from './definition/sound-packages';
export * from './definition/worker-config';
export * from './definition/worker-definition';
export { createScanProcess } from './scan/scan-process';
export { ScanSession, type ScanSessionOptions } from './scan/scan-session';
export { type ReportBounds } from './scan/findings-report';
export { openStore, type StoreConfig } from '@tributary/package-store';
export * from './worker/scan-runner';
