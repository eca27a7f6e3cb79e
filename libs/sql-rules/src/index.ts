/** What is wrong with a SQL file: the rules, and the engine that runs them. */
export { checkSql, findingsPerFileMax, type SqlInput, type SqlOutcome } from './check';
export { sqlRules } from './catalogue';
export { detectDialect, dialects, type SqlDialect } from './dialect';
export { type SqlRule } from './rule';
