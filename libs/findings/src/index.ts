/** What a scan finds and how it is told. */
export * from './finding';
export * from './rule';
