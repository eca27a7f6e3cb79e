/** The documents that the public HTTP API answers with. */
export * from './list';
export * from './task.shapes';
export * from './upload.shapes';
export * from './product.shapes';
export * from './policy.shapes';
export * from './rule.shapes';
export * from './dead-letter.shapes';
export * from './problem';
export * from './words';
