/** What a scan finds and how it is told. */
export * from './assemble';
export * from './counts';
export * from './finding';
export * from './masking';
export * from './order';
export * from './profile';
export * from './rule';
export * from './suppression';
