/** What a scan finds and how it is told. */
export * from './assemble';
export * from './compare';
export * from './counts';
export * from './finding';
export * from './masking';
export * from './ndjson';
export * from './order';
export * from './profile';
export * from './rule';
export * from './rule-metadata';
export * from './rule-page';
export * from './suppression';
export { htmlRowsMax, htmlStyleSource } from './reports/html.report';
export * from './reports/render-report';
export * from './reports/report';
