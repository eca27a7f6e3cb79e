/** How every service starts, serves and drains. */
export * from './clock';
export * from './config';
export * from './cursor';
export * from './log';
export * from './metrics';
export * from './service';
export * from './http/body';
export * from './http/http-server';
export * from './http/idempotency-key';
export * from './http/language';
export * from './http/openapi';
export * from './http/problem';
export * from './http/route';
