/** Quartz cron expressions: what is wrong with one, and how often it fires. */
export { neverFires, type Pace, pacesOf } from './pace';
export { type CronProblem, type ParsedCron, parseQuartz } from './parse-quartz';
