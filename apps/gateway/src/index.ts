/** The gateway, for whoever launches it. */
export { tokensOf } from './access/door-keeper';
export * from './config';
export * from './launch';
export * from './upload/in-memory.upload.memory';
export * from './upload/upload.memory';
export * from './upload/upload-package';
